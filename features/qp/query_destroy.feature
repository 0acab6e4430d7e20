Feature: Reading and ending queue pairs

  @qp-query
  Rule: A query reports the state in every state

    @needs:qp-modify-connects
    Scenario Outline: <type> in <state>
      Given the device is open
      Then a <type> queue pair brought to <state> reports that state and its attributes

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

  @qp-destroy
  Rule: A queue pair can be destroyed in every state

    Scenario Outline: <type> destroyed in <state>
      Given the device is open
      When a <type> queue pair in <state> is destroyed
      Then the call succeeds
      And the queue pair is gone
      And what it used can be destroyed

      @needs:qp-rc
      Examples:
        | type | state |
        | RC   | RESET |
        | RC   | INIT  |
        | RC   | RTR   |
        | RC   | ERR   |

      @needs:qp-rc @needs:qp-modify-connects
      Examples:
        | type | state |
        | RC   | RTS   |
        | RC   | SQD   |

      @needs:qp-rc @needs:qp-modify-connects @needs:control-force-state
      Examples:
        | type | state |
        | RC   | SQE   |

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

    @needs:qp
    Scenario: more queue pairs one after the other than fit at once
      Given the device is open
      Then queue pairs can be created and destroyed one after the other more often than fit at once

  @qp-destroy-count
  Rule: Destroying reports the events handed out

    Scenario Outline: a <type> queue pair without events
      Given the device is open
      When a <type> queue pair in INIT is destroyed
      Then no event was ever handed out for it

      @needs:qp-rc
      Examples:
        | type |
        | RC   |

      @needs:qp-ud
      Examples:
        | type |
        | UD   |

  @qp-destroy-delivered
  Rule: Destroying a queue pair reports what reads have handed out

    @needs:qp @needs:async-event @needs:control-raise-event
    Scenario: four events of which three were read
      Given the device is open
      And an asynchronous event channel
      And a queue pair
      When the event COMM_EST happens to the queue pair
      And the event QP_REQ_ERR happens to the queue pair
      And the event QP_FATAL happens to the queue pair
      And the event QP_LAST_WQE_REACHED happens to the queue pair
      And 3 records of the asynchronous event channel are read
      And the queue pair is destroyed
      Then the answer reports 3 asynchronous events
