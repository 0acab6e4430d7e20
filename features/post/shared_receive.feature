Feature: Receiving from a shared receive queue
  What a shared receive queue gives, warns of, and keeps.

  @srq-receive
  Rule: Receives come from the shared queue

    @needs:post @needs:srq
    Scenario Outline: messages to a <type> queue pair on a shared receive queue
      Given the device is open
      And a shared receive queue
      And two <type> queue pairs in RTS and RTS on the shared receive queue
      And 3 receives are posted to the shared receive queue
      When 3 messages are sent
      Then the other queue pair reports 3 receives with SUCCESS
      And the 3 messages are in the receive buffers, in order

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

  @srq-kept
  Rule: Receives stay in the shared queue

    @needs:post @needs:srq
    Scenario Outline: a <type> queue pair on a shared receive queue that ends
      Given the device is open
      And a shared receive queue
      And two <type> queue pairs in RTS and RTS on the shared receive queue
      And 3 receives are posted to the shared receive queue
      When the other queue pair is moved from RTS to ERR
      Then the other queue pair reports 0 receives with WR_FLUSH_ERR

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

    @needs:post @needs:srq
    Scenario Outline: receives that a <type> queue pair left, for another one
      Given the device is open
      And a shared receive queue
      And two <type> queue pairs in RTS and RTS on the shared receive queue
      And 3 receives are posted to the shared receive queue
      And the other queue pair is moved from RTS to ERR
      And two <type> queue pairs in RTS and RTS on the shared receive queue
      When 3 messages are sent
      Then the other queue pair reports 3 receives with SUCCESS

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

  @srq-limit-event
  Rule: The limit warns once each time it is armed

    @needs:post @needs:srq @needs:async-event
    Scenario Outline: a shared receive queue of <type> that falls below its limit
      Given the device is open
      And an asynchronous event channel
      And a shared receive queue
      And two <type> queue pairs in RTS and RTS on the shared receive queue
      And 4 receives are posted to the shared receive queue
      And its limit is 3
      When 1 message is sent
      Then the channel of the file gets nothing
      When 2 messages are sent
      Then the channel of the file gets SRQ_LIMIT_REACHED
      Given 3 receives are posted to the shared receive queue
      And its limit is 3
      When 2 messages are sent
      Then the channel of the file gets SRQ_LIMIT_REACHED

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

  @srq-last-work-event
  Rule: The last work request is an event

    @needs:post @needs:srq @needs:async-event
    Scenario Outline: a <type> queue pair on a shared receive queue that enters ERR
      Given the device is open
      And an asynchronous event channel
      And a shared receive queue
      And two <type> queue pairs in RTS and RTS on the shared receive queue
      When the other queue pair is moved from RTS to ERR
      Then the channel of the file gets QP_LAST_WQE_REACHED

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
