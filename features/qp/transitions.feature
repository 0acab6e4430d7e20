Feature: The queue-pair state machine
  Every transition of every type, from the tables: what is legal succeeds, everything else is refused and changes nothing.

  @qp-modify-accepts
  Rule: A legal transition succeeds with what it requires and with each optional attribute

    @needs:qp-modify-connects
    Scenario Outline: <type> in <state> makes its legal transitions
      Given the device is open
      When a <type> queue pair in <state> makes each legal transition, bare and with each optional attribute
      Then every modify succeeds and the queue pair is in the new state

      @needs:qp-rc
      Examples:
        | type | state |
        | RC   | RESET |
        | RC   | INIT  |
        | RC   | RTR   |
        | RC   | RTS   |
        | RC   | SQD   |
        | RC   | ERR   |

      @needs:qp-rc @needs:control-force-state
      Examples:
        | type | state |
        | RC   | SQE   |

      @needs:qp-uc
      Examples:
        | type | state |
        | UC   | RESET |
        | UC   | INIT  |
        | UC   | RTR   |
        | UC   | RTS   |
        | UC   | SQD   |
        | UC   | ERR   |

      @needs:qp-uc @needs:control-force-state
      Examples:
        | type | state |
        | UC   | SQE   |

      @needs:qp-ud
      Examples:
        | type | state |
        | UD   | RESET |
        | UD   | INIT  |
        | UD   | RTR   |
        | UD   | RTS   |
        | UD   | SQD   |
        | UD   | ERR   |

      @needs:qp-ud @needs:control-force-state
      Examples:
        | type | state |
        | UD   | SQE   |

      @needs:qp-raw-packet
      Examples:
        | type       | state |
        | RAW_PACKET | RESET |
        | RAW_PACKET | INIT  |
        | RAW_PACKET | RTR   |
        | RAW_PACKET | RTS   |
        | RAW_PACKET | SQD   |
        | RAW_PACKET | ERR   |

      @needs:qp-raw-packet @needs:control-force-state
      Examples:
        | type       | state |
        | RAW_PACKET | SQE   |

      @needs:qp-xrc-ini
      Examples:
        | type    | state |
        | XRC_INI | RESET |
        | XRC_INI | INIT  |
        | XRC_INI | RTR   |
        | XRC_INI | RTS   |
        | XRC_INI | SQD   |
        | XRC_INI | ERR   |

      @needs:qp-xrc-ini @needs:control-force-state
      Examples:
        | type    | state |
        | XRC_INI | SQE   |

      @needs:qp-xrc-tgt
      Examples:
        | type    | state |
        | XRC_TGT | RESET |
        | XRC_TGT | INIT  |
        | XRC_TGT | RTR   |
        | XRC_TGT | RTS   |
        | XRC_TGT | SQD   |
        | XRC_TGT | ERR   |

      @needs:qp-xrc-tgt @needs:control-force-state
      Examples:
        | type    | state |
        | XRC_TGT | SQE   |

      @needs:qp-driver
      Examples:
        | type   | state |
        | DRIVER | RESET |
        | DRIVER | INIT  |
        | DRIVER | RTR   |
        | DRIVER | RTS   |
        | DRIVER | SQD   |
        | DRIVER | ERR   |

      @needs:qp-driver @needs:control-force-state
      Examples:
        | type   | state |
        | DRIVER | SQE   |

  @qp-modify-required
  Rule: A transition without a required attribute is refused

    @needs:qp-modify-connects
    Scenario Outline: <type> in <state> lacks a required attribute
      Given the device is open
      When a <type> queue pair in <state> makes each legal transition without each required attribute
      Then every modify is refused and leaves the queue pair as it was

      @needs:qp-rc
      Examples:
        | type | state |
        | RC   | RESET |
        | RC   | INIT  |
        | RC   | RTR   |

      @needs:qp-uc
      Examples:
        | type | state |
        | UC   | RESET |
        | UC   | INIT  |
        | UC   | RTR   |

      @needs:qp-ud
      Examples:
        | type | state |
        | UD   | RESET |
        | UD   | RTR   |

      @needs:qp-raw-packet
      Examples:
        | type       | state |
        | RAW_PACKET | RESET |

      @needs:qp-xrc-ini
      Examples:
        | type    | state |
        | XRC_INI | RESET |
        | XRC_INI | INIT  |
        | XRC_INI | RTR   |

      @needs:qp-xrc-tgt
      Examples:
        | type    | state |
        | XRC_TGT | RESET |
        | XRC_TGT | INIT  |
        | XRC_TGT | RTR   |

      @needs:qp-driver
      Examples:
        | type   | state |
        | DRIVER | RESET |
        | DRIVER | RTR   |

  @qp-modify-foreign
  Rule: A transition with an attribute it does not take is refused

    @needs:qp-modify-connects
    Scenario Outline: <type> in <state> is given a foreign attribute
      Given the device is open
      When a <type> queue pair in <state> makes each legal transition with each foreign attribute
      Then every modify is refused and leaves the queue pair as it was

      @needs:qp-rc
      Examples:
        | type | state |
        | RC   | RESET |
        | RC   | INIT  |
        | RC   | RTR   |
        | RC   | RTS   |
        | RC   | SQD   |
        | RC   | ERR   |

      @needs:qp-rc @needs:control-force-state
      Examples:
        | type | state |
        | RC   | SQE   |

      @needs:qp-uc
      Examples:
        | type | state |
        | UC   | RESET |
        | UC   | INIT  |
        | UC   | RTR   |
        | UC   | RTS   |
        | UC   | SQD   |
        | UC   | ERR   |

      @needs:qp-uc @needs:control-force-state
      Examples:
        | type | state |
        | UC   | SQE   |

      @needs:qp-ud
      Examples:
        | type | state |
        | UD   | RESET |
        | UD   | INIT  |
        | UD   | RTR   |
        | UD   | RTS   |
        | UD   | SQD   |
        | UD   | ERR   |

      @needs:qp-ud @needs:control-force-state
      Examples:
        | type | state |
        | UD   | SQE   |

      @needs:qp-raw-packet
      Examples:
        | type       | state |
        | RAW_PACKET | RESET |
        | RAW_PACKET | INIT  |
        | RAW_PACKET | RTR   |
        | RAW_PACKET | RTS   |
        | RAW_PACKET | SQD   |
        | RAW_PACKET | ERR   |

      @needs:qp-raw-packet @needs:control-force-state
      Examples:
        | type       | state |
        | RAW_PACKET | SQE   |

      @needs:qp-xrc-ini
      Examples:
        | type    | state |
        | XRC_INI | RESET |
        | XRC_INI | INIT  |
        | XRC_INI | RTR   |
        | XRC_INI | RTS   |
        | XRC_INI | SQD   |
        | XRC_INI | ERR   |

      @needs:qp-xrc-ini @needs:control-force-state
      Examples:
        | type    | state |
        | XRC_INI | SQE   |

      @needs:qp-xrc-tgt
      Examples:
        | type    | state |
        | XRC_TGT | RESET |
        | XRC_TGT | INIT  |
        | XRC_TGT | RTR   |
        | XRC_TGT | RTS   |
        | XRC_TGT | SQD   |
        | XRC_TGT | ERR   |

      @needs:qp-xrc-tgt @needs:control-force-state
      Examples:
        | type    | state |
        | XRC_TGT | SQE   |

      @needs:qp-driver
      Examples:
        | type   | state |
        | DRIVER | RESET |
        | DRIVER | INIT  |
        | DRIVER | RTR   |
        | DRIVER | RTS   |
        | DRIVER | SQD   |
        | DRIVER | ERR   |

      @needs:qp-driver @needs:control-force-state
      Examples:
        | type   | state |
        | DRIVER | SQE   |

  @qp-modify-illegal
  Rule: A transition that is not legal is refused

    @needs:qp-modify-connects
    Scenario Outline: <type> in <state> is asked for illegal transitions
      Given the device is open
      When a <type> queue pair in <state> is asked for each illegal transition
      Then every modify is refused and leaves the queue pair as it was

      @needs:qp-rc
      Examples:
        | type | state |
        | RC   | RESET |
        | RC   | INIT  |
        | RC   | RTR   |
        | RC   | RTS   |
        | RC   | SQD   |
        | RC   | ERR   |

      @needs:qp-rc @needs:control-force-state
      Examples:
        | type | state |
        | RC   | SQE   |

      @needs:qp-uc
      Examples:
        | type | state |
        | UC   | RESET |
        | UC   | INIT  |
        | UC   | RTR   |
        | UC   | RTS   |
        | UC   | SQD   |
        | UC   | ERR   |

      @needs:qp-uc @needs:control-force-state
      Examples:
        | type | state |
        | UC   | SQE   |

      @needs:qp-ud
      Examples:
        | type | state |
        | UD   | RESET |
        | UD   | INIT  |
        | UD   | RTR   |
        | UD   | RTS   |
        | UD   | SQD   |
        | UD   | ERR   |

      @needs:qp-ud @needs:control-force-state
      Examples:
        | type | state |
        | UD   | SQE   |

      @needs:qp-raw-packet
      Examples:
        | type       | state |
        | RAW_PACKET | RESET |
        | RAW_PACKET | INIT  |
        | RAW_PACKET | RTR   |
        | RAW_PACKET | RTS   |
        | RAW_PACKET | SQD   |
        | RAW_PACKET | ERR   |

      @needs:qp-raw-packet @needs:control-force-state
      Examples:
        | type       | state |
        | RAW_PACKET | SQE   |

      @needs:qp-xrc-ini
      Examples:
        | type    | state |
        | XRC_INI | RESET |
        | XRC_INI | INIT  |
        | XRC_INI | RTR   |
        | XRC_INI | RTS   |
        | XRC_INI | SQD   |
        | XRC_INI | ERR   |

      @needs:qp-xrc-ini @needs:control-force-state
      Examples:
        | type    | state |
        | XRC_INI | SQE   |

      @needs:qp-xrc-tgt
      Examples:
        | type    | state |
        | XRC_TGT | RESET |
        | XRC_TGT | INIT  |
        | XRC_TGT | RTR   |
        | XRC_TGT | RTS   |
        | XRC_TGT | SQD   |
        | XRC_TGT | ERR   |

      @needs:qp-xrc-tgt @needs:control-force-state
      Examples:
        | type    | state |
        | XRC_TGT | SQE   |

      @needs:qp-driver
      Examples:
        | type   | state |
        | DRIVER | RESET |
        | DRIVER | INIT  |
        | DRIVER | RTR   |
        | DRIVER | RTS   |
        | DRIVER | SQD   |
        | DRIVER | ERR   |

      @needs:qp-driver @needs:control-force-state
      Examples:
        | type   | state |
        | DRIVER | SQE   |

  @qp-modify-driver-attribute
  Rule: A DRIVER sub-type refuses attributes it does not understand

    @needs:qp-driver @needs:qp-modify-connects
    Scenario Outline: DRIVER in <state> is given attributes it does not understand
      Given the device is open
      When a DRIVER queue pair in <state> is given each attribute its sub-type does not understand
      Then every modify is refused and leaves the queue pair as it was

      Examples:
        | state |
        | RESET |
        | INIT  |
        | RTR   |
        | RTS   |
        | ERR   |
