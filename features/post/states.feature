Feature: Work requests and states
  What a change of state means for work that is outstanding.

  @recv-held
  Rule: A receive posted in INIT is kept

    @needs:post
    Scenario Outline: a receive that a <type> queue pair was given in INIT
      Given the device is open
      And two <type> queue pairs in RTS and INIT
      And 1 receive is posted to the other queue pair
      And the other queue pair is moved from INIT to RTR
      When 1 message is sent
      Then the other queue pair reports 1 receive with SUCCESS
      And the 1 message is in the receive buffers, in order

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

  @err-flush-sends
  Rule: Sends are given back in ERR

    @needs:post @needs:qp-rc
    Scenario: outstanding sends of an RC queue pair
      Given the device is open
      And two RC queue pairs in RTS and RTS with rnr_retry 7
      And 3 messages are sent
      When the queue pair is moved from RTS to ERR
      Then the queue pair reports 3 sends with WR_FLUSH_ERR

    @needs:post
    Scenario Outline: sends that a <type> queue pair was given in SQD
      Given the device is open
      And two <type> queue pairs in SQD and RTS
      And 3 messages are sent
      When the queue pair is moved from SQD to ERR
      Then the queue pair reports 3 sends with WR_FLUSH_ERR

      @needs:qp-uc
      Examples:
        | type |
        | UC   |

      @needs:qp-ud
      Examples:
        | type |
        | UD   |

  @err-flush-receives
  Rule: Receives are given back in ERR

    @needs:post
    Scenario Outline: outstanding receives of a <type> queue pair
      Given the device is open
      And two <type> queue pairs in RTS and RTS
      And 3 receives are posted to the other queue pair
      When the other queue pair is moved from RTS to ERR
      Then the other queue pair reports 3 receives with WR_FLUSH_ERR

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

  @post-flushed
  Rule: Work posted in ERR is given back

    @needs:post
    Scenario Outline: sends posted to a <type> queue pair in ERR
      Given the device is open
      And two <type> queue pairs in ERR and RTS
      When 2 messages are sent
      Then the queue pair reports 2 sends with WR_FLUSH_ERR

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
    Scenario Outline: receives posted to a <type> queue pair in ERR
      Given the device is open
      And two <type> queue pairs in RTS and ERR
      When 2 receives are posted to the other queue pair
      Then the other queue pair reports 2 receives with WR_FLUSH_ERR

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

  @sqe-flush
  Rule: Sends are given back in SQE

    @needs:post @needs:control-force-state
    Scenario Outline: sends posted to a <type> queue pair in SQE
      Given the device is open
      And two <type> queue pairs in SQE and RTS
      When 2 messages are sent
      Then the queue pair reports 2 sends with WR_FLUSH_ERR

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
    Scenario Outline: sends behind one of a <type> queue pair that fails
      Given the device is open
      And two <type> queue pairs in SQD and RTS
      And a message is sent with "a key that names nothing"
      And 2 messages are sent
      When the queue pair is moved from SQD to RTS
      Then the queue pair reports sends with LOC_PROT_ERR, WR_FLUSH_ERR, WR_FLUSH_ERR

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

  @sqe-receives
  Rule: Receiving goes on in SQE

    @needs:post @needs:control-force-state
    Scenario Outline: a <type> queue pair that receives in SQE
      Given the device is open
      And two <type> queue pairs in RTS and SQE
      And 1 receive is posted to the other queue pair
      When 1 message is sent
      Then the other queue pair reports 1 receive with SUCCESS

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

  @reset-work
  Rule: RESET forgets what is outstanding

    @needs:post
    Scenario Outline: receives of a <type> queue pair that is reset
      Given the device is open
      And two <type> queue pairs in RTS and INIT
      And 3 receives are posted to the other queue pair
      When the other queue pair is moved from INIT to RESET
      And the other queue pair is moved from RESET to INIT
      And the other queue pair is moved from INIT to ERR
      Then the other queue pair reports 0 receives with SUCCESS

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
    Scenario: sends of an RC queue pair that is reset
      Given the device is open
      And two RC queue pairs in RTS and RTS with rnr_retry 7
      And 3 messages are sent
      When the queue pair is moved from RTS to RESET
      Then the queue pair reports 0 sends with SUCCESS

  @reset-completions
  Rule: RESET takes back what nobody has polled

    @needs:post
    Scenario Outline: completions of a <type> queue pair that is reset
      Given the device is open
      And two <type> queue pairs in RTS and INIT
      And 3 receives are posted to the other queue pair
      And the other queue pair is moved from INIT to ERR
      When the other queue pair is moved from ERR to RESET
      Then the other queue pair reports 0 receives with SUCCESS

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

  @qp-destroy-completions
  Rule: Destroying takes back what nobody has polled

    @needs:post
    Scenario Outline: completions of a <type> queue pair that is destroyed
      Given the device is open
      And two <type> queue pairs in INIT and RTS
      And 3 receives are posted to the queue pair
      And the queue pair is moved from INIT to ERR
      When the queue pair is destroyed
      Then polling its completion queues gives nothing

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

  @sqd-held
  Rule: What is posted in SQD waits

    @needs:post
    Scenario Outline: sends posted to a <type> queue pair in SQD
      Given the device is open
      And two <type> queue pairs in SQD and RTS
      And 2 receives are posted to the other queue pair
      When 2 messages are sent
      Then the queue pair reports 0 sends with SUCCESS
      And the receive buffers are untouched

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

  @sqd-resume
  Rule: What was posted in SQD goes on in RTS

    @needs:post
    Scenario Outline: a <type> queue pair moved back to RTS
      Given the device is open
      And two <type> queue pairs in SQD and RTS
      And 2 receives are posted to the other queue pair
      And 2 messages are sent
      When the queue pair is moved from SQD to RTS
      Then the queue pair reports 2 sends with SUCCESS

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

  @sqd-drained-event
  Rule: The end of draining is an event for those who asked

    @needs:post @needs:qp-rc @needs:async-event
    Scenario: an RC queue pair that drains and was asked to say so
      Given the device is open
      And an asynchronous event channel
      And two RC queue pairs in RTS and RTS with rnr_retry 7
      And 2 messages are sent
      And the queue pair is moved from RTS to SQD with a notification
      When 2 receives are posted to the other queue pair
      Then the channel of the file gets SQ_DRAINED

    @needs:post @needs:qp-rc @needs:async-event
    Scenario: an RC queue pair that drains unasked
      Given the device is open
      And an asynchronous event channel
      And two RC queue pairs in RTS and RTS with rnr_retry 7
      And 2 messages are sent
      And the queue pair is moved from RTS to SQD
      When 2 receives are posted to the other queue pair
      Then the channel of the file gets nothing

    @needs:post @needs:async-event
    Scenario Outline: a <type> queue pair with nothing to drain
      Given the device is open
      And an asynchronous event channel
      And two <type> queue pairs in RTS and RTS
      When the queue pair is moved from RTS to SQD with a notification
      Then the channel of the file gets SQ_DRAINED

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

  @comm-established
  Rule: The first message is an event in RTR

    @needs:post @needs:async-event
    Scenario Outline: the first message to a <type> queue pair in RTR
      Given the device is open
      And an asynchronous event channel
      And two <type> queue pairs in RTS and RTR
      And 2 receives are posted to the other queue pair
      When 2 messages are sent
      Then the other queue pair reports 2 receives with SUCCESS
      And the channel of the file gets COMM_EST

      @needs:qp-rc
      Examples:
        | type |
        | RC   |

      @needs:qp-uc
      Examples:
        | type |
        | UC   |
