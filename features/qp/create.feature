Feature: Creating queue pairs

  @qp-create
  Rule: A queue pair of every type offered starts in RESET

    @needs:qp-modify-connects
    Scenario Outline: a queue pair of type <type>
      Given the device is open
      When a <type> queue pair is created
      Then the call succeeds
      And the queue pair is in RESET

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

    @needs:port-iwarp @needs:qp-rc
    Scenario: a queue pair of iWARP
      Given the device is open
      When a RC queue pair is created
      Then the call succeeds

  @qp-create-number
  Rule: Every queue pair has a number of its own

    Scenario Outline: numbers of <type> queue pairs
      Given the device is open
      Then 16 queue pairs of type <type> have different numbers of 24 bits that a query repeats

      @needs:qp-rc
      Examples:
        | type |
        | RC   |

      @needs:qp-ud
      Examples:
        | type |
        | UD   |

  @qp-create-type
  Rule: A type the device does not offer is refused

    @needs:qp
    Scenario: every type the device does not offer
      Given the device is open
      When a queue pair of each type the device does not offer is created
      Then every call is refused

  @qp-create-granted
  Rule: What is granted is at least what was asked

    Scenario Outline: capacities of <type> queue pairs
      Given the device is open
      When <type> queue pairs of capacities up to the maximum are created
      Then every call succeeds
      And every <type> queue pair was granted what was asked or more, and a query shows it

      @needs:qp-rc
      Examples:
        | type |
        | RC   |

      @needs:qp-ud
      Examples:
        | type |
        | UD   |

  @qp-create-maximum
  Rule: More than the device can do is refused

    Scenario Outline: <type> queue pairs above the maximum
      Given the device is open
      When <type> queue pairs of capacities above the maximum are created
      Then every call is refused

      @needs:qp-rc
      Examples:
        | type |
        | RC   |

      @needs:qp-ud
      Examples:
        | type |
        | UD   |

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |

  @qp-create-foreign
  Rule: Attributes that only other types have are unknown

    @abi:uapi
    Scenario Outline: <type> created with attributes of other types
      Given the device is open
      When <type> queue pairs are created with attributes of other types only
      Then every call is refused

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

  @qp-create-xrc
  Rule: XRC queue pairs take what they need and no more

    @needs:qp-xrc-ini
    Scenario: an initiator without a receive completion queue
      Given the device is open
      When an XRC_INI queue pair without a receive completion queue is created
      Then every call succeeds

    @needs:qp-xrc-tgt
    Scenario: a target with an XRC domain and nothing else
      Given the device is open
      When a XRC_TGT queue pair is created
      Then the call succeeds

  @qp-create-driver-type
  Rule: A sub-type the driver does not know is refused

    @needs:qp-driver
    Scenario: unknown sub-types
      Given the device is open
      When a DRIVER queue pair of a sub-type the device does not have is created
      Then every call is refused

  @qp-create-raw-privilege
  Rule: Raw packets need a privilege

    @needs:qp-raw-packet @needs:unprivileged
    Scenario: a process without privileges
      Given the device is open in a process without privileges
      When a RAW_PACKET queue pair is created
      Then the call is refused
