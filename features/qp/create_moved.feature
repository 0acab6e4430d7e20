Feature: Queue pairs created in a state
  One call makes a queue pair with all its attributes, or none; the calls one by one say what it comes to.

  @qp-create-moved
  Rule: A create with attributes of modify comes to the same as the calls one by one

    @abi:uapi @needs:qp-modify-connects
    Scenario Outline: <type> created in each state
      Given the device is open
      When <type> queue pairs are created in each state on the way to RTS, bare and with each optional attribute
      Then every create succeeds and comes to the same as the calls one by one

      @needs:qp-rc
      Examples:
        | type |
        | RC   |

      @needs:qp-uc
      Examples:
        | type |
        | UC   |

      @needs:qp-ud
      Examples:
        | type |
        | UD   |

      @needs:qp-raw-packet
      Examples:
        | type       |
        | RAW_PACKET |

      @needs:qp-xrc-ini
      Examples:
        | type    |
        | XRC_INI |

      @needs:qp-xrc-tgt
      Examples:
        | type    |
        | XRC_TGT |

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |

  @qp-create-moved-refused
  Rule: A create is refused for the first modify that would be

    @abi:uapi @needs:qp-modify-connects
    Scenario Outline: <type> created with what a modify refuses
      Given the device is open
      When <type> queue pairs are created with attributes that a modify on the way refuses
      Then every create is answered as the first modify that is refused

      @needs:qp-rc
      Examples:
        | type |
        | RC   |

      @needs:qp-uc
      Examples:
        | type |
        | UC   |

      @needs:qp-ud
      Examples:
        | type |
        | UD   |

      @needs:qp-raw-packet
      Examples:
        | type       |
        | RAW_PACKET |

      @needs:qp-xrc-ini
      Examples:
        | type    |
        | XRC_INI |

      @needs:qp-xrc-tgt
      Examples:
        | type    |
        | XRC_TGT |

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |

  @qp-create-moved-nothing
  Rule: A create that is refused for an attribute of modify leaves nothing

    @abi:uapi @needs:qp-modify-connects
    Scenario Outline: what refused creates of <type> leave
      Given the device is open
      When <type> queue pairs are created in a file without any, with attributes that a modify on the way refuses
      Then no create leaves anything behind

      @needs:qp-rc
      Examples:
        | type |
        | RC   |

      @needs:qp-uc
      Examples:
        | type |
        | UC   |

      @needs:qp-ud
      Examples:
        | type |
        | UD   |

      @needs:qp-raw-packet
      Examples:
        | type       |
        | RAW_PACKET |

      @needs:qp-xrc-ini
      Examples:
        | type    |
        | XRC_INI |

      @needs:qp-xrc-tgt
      Examples:
        | type    |
        | XRC_TGT |

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |

    @abi:uapi @needs:qp-modify-connects
    Scenario Outline: refused creates of <type> and the limit
      Given the device is open
      Then as many refused <type> creates as the limit of queue pairs and one leave room for another

      @needs:qp-rc
      Examples:
        | type |
        | RC   |

      @needs:qp-ud
      Examples:
        | type |
        | UD   |
