Feature: Notification of completions
  Asked for once, told once.

  @cq-notify-event
  Rule: An armed completion queue tells of the next completion

    @needs:post @needs:comp-channel
    Scenario Outline: a receive of a <type> queue pair
      Given the device is open
      And a completion channel
      And two <type> queue pairs in RTS and RTS that complete on the completion channel
      And 4 receives are posted to the other queue pair
      When the other completion queue is armed for next completions
      And 1 message is sent
      Then the completion channel gets COMPLETION

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

    @needs:post @needs:comp-channel
    Scenario Outline: a send of a <type> queue pair
      Given the device is open
      And a completion channel
      And two <type> queue pairs in RTS and RTS that complete on the completion channel
      And 4 receives are posted to the other queue pair
      When the completion queue is armed for next completions
      And 1 message is sent
      Then the completion channel gets COMPLETION

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

    @needs:post @needs:comp-channel
    Scenario Outline: a receive of a <type> queue pair that is polled before the channel is read
      Given the device is open
      And a completion channel
      And two <type> queue pairs in RTS and RTS that complete on the completion channel
      And 4 receives are posted to the other queue pair
      When the other completion queue is armed for next completions
      And 1 message is sent
      Then the other queue pair reports 1 receive with SUCCESS
      And the completion channel gets COMPLETION

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

  @cq-notify-once
  Rule: One arming is one event

    @needs:post @needs:comp-channel
    Scenario Outline: three receives of a <type> queue pair that nobody asked for
      Given the device is open
      And a completion channel
      And two <type> queue pairs in RTS and RTS that complete on the completion channel
      And 4 receives are posted to the other queue pair
      When 3 messages are sent
      Then the completion channel gets nothing

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

    @needs:post @needs:comp-channel
    Scenario Outline: three receives of a <type> queue pair
      Given the device is open
      And a completion channel
      And two <type> queue pairs in RTS and RTS that complete on the completion channel
      And 4 receives are posted to the other queue pair
      When the other completion queue is armed for next completions
      And 3 messages are sent
      Then the completion channel gets COMPLETION

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

    @needs:post @needs:comp-channel
    Scenario Outline: two armings and three receives of a <type> queue pair
      Given the device is open
      And a completion channel
      And two <type> queue pairs in RTS and RTS that complete on the completion channel
      And 4 receives are posted to the other queue pair
      When the other completion queue is armed for next completions
      And 1 message is sent
      And the other completion queue is armed for next completions
      And 2 messages are sent
      Then the completion channel gets COMPLETION, COMPLETION

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

    @needs:post @needs:comp-channel
    Scenario Outline: two armings before one receive of a <type> queue pair
      Given the device is open
      And a completion channel
      And two <type> queue pairs in RTS and RTS that complete on the completion channel
      And 4 receives are posted to the other queue pair
      When the other completion queue is armed for next completions
      And the other completion queue is armed for next completions
      And 2 messages are sent
      Then the completion channel gets COMPLETION

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

  @cq-notify-earlier
  Rule: What is there already is not told of

    @needs:post @needs:comp-channel
    Scenario Outline: a receive of a <type> queue pair before the arming
      Given the device is open
      And a completion channel
      And two <type> queue pairs in RTS and RTS that complete on the completion channel
      And 4 receives are posted to the other queue pair
      When 1 message is sent
      And the other completion queue is armed for next completions
      Then the completion channel gets nothing

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

  @cq-notify-solicited
  Rule: Solicited completions can be told from others

    @needs:post @needs:comp-channel
    Scenario Outline: an ordinary and a solicited receive of a <type> queue pair
      Given the device is open
      And a completion channel
      And two <type> queue pairs in RTS and RTS that complete on the completion channel
      And 4 receives are posted to the other queue pair
      When the other completion queue is armed for solicited completions
      And 1 message is sent
      Then the completion channel gets nothing
      When a message is sent with "a solicited event"
      Then the completion channel gets COMPLETION

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

    @needs:post @needs:comp-channel
    Scenario Outline: a send of a <type> queue pair that asks for an event at the other side
      Given the device is open
      And a completion channel
      And two <type> queue pairs in RTS and RTS that complete on the completion channel
      And 4 receives are posted to the other queue pair
      When the completion queue is armed for solicited completions
      And a message is sent with "a solicited event"
      Then the completion channel gets nothing

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

  @cq-notify-failed
  Rule: A failure counts as solicited

    @needs:post @needs:comp-channel
    Scenario Outline: a send of a <type> queue pair that fails
      Given the device is open
      And a completion channel
      And two <type> queue pairs in RTS and RTS that complete on the completion channel
      And 4 receives are posted to the other queue pair
      When the completion queue is armed for solicited completions
      And a message is sent with "a key that names nothing"
      Then the completion channel gets COMPLETION

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

    @needs:post @needs:comp-channel
    Scenario Outline: a receive of a <type> queue pair that is flushed
      Given the device is open
      And a completion channel
      And two <type> queue pairs in RTS and RTS that complete on the completion channel
      And 1 receive is posted to the other queue pair
      When the other completion queue is armed for solicited completions
      And the other queue pair is moved from RTS to ERR
      Then the completion channel gets COMPLETION

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

  @cq-notify-stronger
  Rule: A second arming takes nothing back

    @needs:post @needs:comp-channel
    Scenario Outline: next, then solicited of a <type> queue pair
      Given the device is open
      And a completion channel
      And two <type> queue pairs in RTS and RTS that complete on the completion channel
      And 4 receives are posted to the other queue pair
      When the other completion queue is armed for next completions
      And the other completion queue is armed for solicited completions
      And 1 message is sent
      Then the completion channel gets COMPLETION

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

  @cq-notify-strengthened
  Rule: A second arming asks for more

    @needs:post @needs:comp-channel
    Scenario Outline: solicited, then next of a <type> queue pair
      Given the device is open
      And a completion channel
      And two <type> queue pairs in RTS and RTS that complete on the completion channel
      And 4 receives are posted to the other queue pair
      When the other completion queue is armed for solicited completions
      And the other completion queue is armed for next completions
      And 1 message is sent
      Then the completion channel gets COMPLETION

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
