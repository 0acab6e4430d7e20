Feature: What the device does by itself
  Sends that complete in error, and send queues that drain.

  @qp-hardware-sqe
  Rule: A failed send stops the send queue of an unreliable queue pair

    @needs:post
    Scenario Outline: a send of a <type> queue pair fails
      Given the device is open
      And two <type> queue pairs in RTS and RTS
      When a message is sent with "a key that names nothing"
      Then the queue pair is in SQE as soon as 1 send has completed with LOC_PROT_ERR

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

  @qp-hardware-err
  Rule: A failed send ends a reliable queue pair

    @needs:post @needs:qp-rc
    Scenario: a send of a reliable RC queue pair fails
      Given the device is open
      And two RC queue pairs in RTS and RTS
      When a message is sent with "a key that names nothing"
      Then the queue pair is in ERR as soon as 1 send has completed with LOC_PROT_ERR

  @qp-hardware-success
  Rule: A successful send leaves the state

    @needs:post
    Scenario Outline: a send of a <type> queue pair succeeds
      Given the device is open
      And two <type> queue pairs in RTS and RTS
      And 2 receives are posted to the other queue pair
      When 2 messages are sent
      Then the queue pair is in RTS as soon as 2 sends have completed with SUCCESS

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

  @qp-sqd-draining
  Rule: A send queue with work in flight drains

    @needs:post @needs:qp-rc
    Scenario: RC moved to SQD with sends in flight
      Given the device is open
      And two RC queue pairs in RTS and RTS with rnr_retry 7
      And 2 messages are sent
      And the queue pair is moved from RTS to SQD
      Then a query shows that the send queue is draining
      When 1 receive is posted to the other queue pair
      Then the queue pair is in SQD as soon as 1 send has completed with SUCCESS
      And a query shows that the send queue is draining

  @qp-sqd-drained
  Rule: A send queue has drained when the last send completes

    @needs:post @needs:qp-rc
    Scenario: RC in SQD whose last send completes
      Given the device is open
      And two RC queue pairs in RTS and RTS with rnr_retry 7
      And 2 messages are sent
      And the queue pair is moved from RTS to SQD
      When 2 receives are posted to the other queue pair
      Then the send queue has drained as soon as 2 sends have completed
