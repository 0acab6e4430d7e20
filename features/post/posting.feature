Feature: Posting work requests
  What providers take and what they refuse.

  @post-accepts
  Rule: Work is taken wherever the table does not refuse it

    @needs:post
    Scenario Outline: sends to a <type> queue pair in states that take them
      Given the device is open
      When a send is posted to <type> queue pairs in each state that takes it
      Then every call succeeds

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

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |

    @needs:post
    Scenario Outline: receives to a <type> queue pair in states that take them
      Given the device is open
      When a receive is posted to <type> queue pairs in each state that takes it
      Then every call succeeds

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

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |

  @post-send-state
  Rule: Nothing is sent before RTS

    @needs:post
    Scenario Outline: sends to a <type> queue pair before RTS
      Given the device is open
      When a send is posted to <type> queue pairs in each state that refuses it
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

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |

  @post-recv-state
  Rule: Nothing is received in RESET

    @needs:post
    Scenario Outline: receives to a <type> queue pair in RESET
      Given the device is open
      When a receive is posted to <type> queue pairs in each state that refuses it
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

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |

  @post-queue-full
  Rule: A full queue takes nothing

    @needs:post
    Scenario Outline: one receive more than a <type> queue pair holds
      Given the device is open
      When "one receive too many" is posted to a <type> queue pair
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

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |

    @needs:post @needs:qp-rc
    Scenario: one send more than an RC queue pair holds
      Given the device is open
      When "one send too many" is posted to a RC queue pair
      Then every call is refused

  @post-sge-maximum
  Rule: Pieces of memory are limited

    @needs:post
    Scenario Outline: more pieces than a <type> queue pair was granted
      Given the device is open
      When "more pieces than were granted" is posted to a <type> queue pair
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

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |

  @post-inline-maximum
  Rule: Inline data are limited

    @needs:post
    Scenario Outline: more inline data than a <type> queue pair was granted
      Given the device is open
      When "more inline data than were granted" is posted to a <type> queue pair
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

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |

  @post-opcode
  Rule: Types have only their own operations

    @needs:post
    Scenario Outline: operations that <type> queue pairs do not have
      Given the device is open
      When "an operation its type does not have" is posted to a <type> queue pair
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

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |

  @post-recv-srq
  Rule: A shared receive queue is the only one

    @needs:post @needs:srq
    Scenario Outline: a receive beside the shared receive queue of a <type> queue pair
      Given the device is open
      When "a receive beside the shared receive queue" is posted to a <type> queue pair
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

  @post-inline
  Rule: Inline data need no key

    @needs:post
    Scenario Outline: inline data of a <type> queue pair
      Given the device is open
      And two <type> queue pairs in RTS and RTS
      And 1 receive is posted to the other queue pair
      When a message is sent with "inline data"
      Then the queue pair reports 1 send with SUCCESS
      And the first 24 bytes of the message are in the receive buffer

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

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |
