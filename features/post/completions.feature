Feature: Completions
  What is reported, when, and what it says.

  @completion-once
  Rule: Every work request is reported once

    @needs:post
    Scenario Outline: messages of a <type> queue pair
      Given the device is open
      And two <type> queue pairs in RTS and RTS
      And 5 receives are posted to the other queue pair
      When 5 messages are sent
      Then the queue pair reports 5 sends with SUCCESS
      And the other queue pair reports 5 receives with SUCCESS

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

  @completion-unsignaled
  Rule: What does not ask is not reported

    @needs:post
    Scenario Outline: unsignaled messages of a <type> queue pair
      Given the device is open
      And two <type> queue pairs in RTS and RTS
      And 2 receives are posted to the other queue pair
      When 2 messages are sent with "no request for a report"
      Then the other queue pair reports 2 receives with SUCCESS
      And the queue pair reports 0 sends with SUCCESS

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

  @completion-all
  Rule: A queue pair can report all

    @needs:post
    Scenario Outline: unsignaled messages of a <type> queue pair that reports all
      Given the device is open
      And two <type> queue pairs in RTS and RTS with create_flags 1
      And 2 receives are posted to the other queue pair
      When 2 messages are sent with "no request for a report"
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

  @completion-order
  Rule: Completions keep the order of posting

    @needs:post
    Scenario Outline: many messages of a <type> queue pair
      Given the device is open
      And two <type> queue pairs in RTS and RTS
      And 8 receives are posted to the other queue pair
      When 8 messages are sent
      Then the other queue pair reports 8 receives with SUCCESS
      And the queue pair reports 8 sends with SUCCESS

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

  @poll-empty
  Rule: An empty queue can be polled

    @needs:post
    Scenario Outline: a <type> queue pair without work
      Given the device is open
      And two <type> queue pairs in RTS and RTS
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

  @completion-send
  Rule: A send is named by its completion

    @needs:post
    Scenario Outline: the completion of a send of a <type> queue pair
      Given the device is open
      And two <type> queue pairs in RTS and RTS
      And 1 receive is posted to the other queue pair
      When 1 message is sent
      Then the completion of the send tells "its send"

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

  @recv-completion
  Rule: A receive is named by its completion

    @needs:post
    Scenario Outline: the completion of a receive of a <type> queue pair
      Given the device is open
      And two <type> queue pairs in RTS and RTS
      And 1 receive is posted to the other queue pair
      When 1 message is sent
      Then the completion of the receive tells "its receive, the length of the message"

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

  @recv-sender
  Rule: A datagram names its sender

    @needs:post
    Scenario Outline: the sender of a <type> message
      Given the device is open
      And two <type> queue pairs in RTS and RTS
      And 1 receive is posted to the other queue pair
      When 1 message is sent
      Then the completion of the receive tells "its sender"

      @needs:qp-ud
      Examples:
        | type |
        | UD   |

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |

  @recv-immediate
  Rule: Immediate data arrive

    @needs:post
    Scenario Outline: immediate data of a <type> queue pair
      Given the device is open
      And two <type> queue pairs in RTS and RTS
      And 1 receive is posted to the other queue pair
      When a message is sent with "immediate data"
      Then the completion of the receive tells "immediate data, that there are immediate data"

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
    Scenario Outline: a message without immediate data of a <type> queue pair
      Given the device is open
      And two <type> queue pairs in RTS and RTS
      And 1 receive is posted to the other queue pair
      When 1 message is sent
      Then the completion of the receive tells "that there are no immediate data"

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

  @cq-overflow-event
  Rule: A completion queue that overflows says so

    @needs:post @needs:async-event
    Scenario Outline: more receives of a <type> queue pair than its completion queue holds
      Given the device is open
      And an asynchronous event channel
      And two <type> queue pairs in RTS and INIT with cqe 1
      And 2 receives more than its completion queue holds are posted to the other queue pair
      When the other queue pair is moved from INIT to ERR
      Then the channel of the file gets CQ_ERR

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

  @cq-overflow-qp
  Rule: A queue pair without room for its completions ends

    @needs:post @needs:async-event
    Scenario Outline: a <type> queue pair whose completion queue overflows
      Given the device is open
      And an asynchronous event channel
      And two <type> queue pairs in RTS and RTS with cqe 1
      And 1 receive more than its completion queue holds is posted to the other queue pair
      When 1 message more than its completion queue holds is sent with "no request for a report"
      Then the channel of the file gets CQ_ERR and QP_FATAL
      And a query shows the other queue pair in ERR

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
