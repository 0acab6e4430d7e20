@hazard:removes-device @needs:control-remove
Feature: Calls on a device that goes
  Which calls end well when the device is removed, and which are turned away.

  @removal-running
  Rule: A call that runs when removal begins is not disturbed by it

    @needs:control-stall
    Scenario: a call that runs when removal begins
      Given the device is open
      And a call that is running
      When the removal of the device begins
      Then the running call succeeds

    @needs:control-stall
    Scenario Outline: each step in the life of a <kind> under way when the device goes
      Given the device is open
      Then each call in the life of a <kind> that runs meanwhile succeeds

      @needs:pd
      Examples:
        | kind |
        | protection domain |

      @needs:cq
      Examples:
        | kind |
        | completion queue |

      @needs:xrcd
      Examples:
        | kind |
        | XRC domain |

      @needs:mr
      Examples:
        | kind |
        | memory region |

      @needs:mw
      Examples:
        | kind |
        | memory window |

      @needs:dm
      Examples:
        | kind |
        | device memory |

      @needs:ah
      Examples:
        | kind |
        | address handle |

      @needs:srq
      Examples:
        | kind |
        | shared receive queue |

      @needs:wq
      Examples:
        | kind |
        | work queue |

      @needs:rwq-ind-tbl
      Examples:
        | kind |
        | indirection table |

      @needs:flow
      Examples:
        | kind |
        | flow rule |

      @needs:counters
      Examples:
        | kind |
        | counter set |

      @needs:cm-id
      Examples:
        | kind |
        | connection id |

      @needs:comp-channel @needs:stall-core
      Examples:
        | kind |
        | completion channel |

      @needs:async-event @needs:stall-core
      Examples:
        | kind |
        | asynchronous event channel |

      @needs:event-channel @needs:stall-core
      Examples:
        | kind |
        | event channel |

      @needs:driver-class
      Examples:
        | kind |
        | hardware context |

      @needs:qp-rc
      Examples:
        | kind |
        | RC queue pair |

      @needs:qp-uc
      Examples:
        | kind |
        | UC queue pair |

      @needs:qp-ud
      Examples:
        | kind |
        | UD queue pair |

      @needs:qp-raw-packet
      Examples:
        | kind |
        | RAW_PACKET queue pair |

      @needs:qp-xrc-ini
      Examples:
        | kind |
        | XRC_INI queue pair |

      @needs:qp-xrc-tgt
      Examples:
        | kind |
        | XRC_TGT queue pair |

      @needs:qp-driver
      Examples:
        | kind |
        | DRIVER queue pair |

  @removal-waits
  Rule: A device is not gone while a call runs

    @needs:control-stall
    Scenario: removal and a call that runs
      Given the device is open
      And a call that is running
      When the removal of the device begins
      Then the device is gone when the running call has returned, and not before

  @removal-calls
  Rule: Calls that come too late are refused

    Scenario: every method on a device that is gone
      Given the device is open
      And a sound call of every method
      When the device is removed
      And every call that needs a device is made
      Then every call is refused

    @needs:control-stall
    Scenario: every method while removal waits for a call
      Given the device is open
      And a sound call of every method
      And a call that is running
      When the removal of the device begins
      And every call that needs a device is made
      Then every call is refused

    Scenario Outline: a <kind> whose device goes at every boundary of its life
      Given the device is open
      Then the device can go at every boundary in the life of a <kind>

      @needs:pd
      Examples:
        | kind |
        | protection domain |

      @needs:cq
      Examples:
        | kind |
        | completion queue |

      @needs:xrcd
      Examples:
        | kind |
        | XRC domain |

      @needs:mr
      Examples:
        | kind |
        | memory region |

      @needs:mw
      Examples:
        | kind |
        | memory window |

      @needs:dm
      Examples:
        | kind |
        | device memory |

      @needs:ah
      Examples:
        | kind |
        | address handle |

      @needs:srq
      Examples:
        | kind |
        | shared receive queue |

      @needs:wq
      Examples:
        | kind |
        | work queue |

      @needs:rwq-ind-tbl
      Examples:
        | kind |
        | indirection table |

      @needs:flow
      Examples:
        | kind |
        | flow rule |

      @needs:counters
      Examples:
        | kind |
        | counter set |

      @needs:cm-id
      Examples:
        | kind |
        | connection id |

      @needs:comp-channel
      Examples:
        | kind |
        | completion channel |

      @needs:async-event
      Examples:
        | kind |
        | asynchronous event channel |

      @needs:event-channel
      Examples:
        | kind |
        | event channel |

      @needs:driver-class
      Examples:
        | kind |
        | hardware context |

      @needs:qp-rc
      Examples:
        | kind |
        | RC queue pair |

      @needs:qp-uc
      Examples:
        | kind |
        | UC queue pair |

      @needs:qp-ud
      Examples:
        | kind |
        | UD queue pair |

      @needs:qp-raw-packet
      Examples:
        | kind |
        | RAW_PACKET queue pair |

      @needs:qp-xrc-ini
      Examples:
        | kind |
        | XRC_INI queue pair |

      @needs:qp-xrc-tgt
      Examples:
        | kind |
        | XRC_TGT queue pair |

      @needs:qp-driver
      Examples:
        | kind |
        | DRIVER queue pair |

  @removal-first-call
  Rule: An old file gets no context

    @abi:uverbs
    Scenario: a file that has not been spoken to
      Given the device is open, and nothing has been said
      When the device is removed
      And the first message is sent
      Then the call is refused

  @removal-after-method
  Rule: What is wrong up to the method is answered as ever

    Scenario: messages that are wrong up to the method
      Given the device is open
      And what messages answer that are wrong as far as the method
      When the device is removed
      Then they are answered the same

  @removal-before-content
  Rule: What is wrong beyond the method does not matter any more

    @abi:uapi
    Scenario: messages that are wrong beyond the method
      Given the device is open
      And an object of every kind
      When the device is removed
      And messages are sent that are wrong beyond the method
      Then every call is refused

  @removal-discovery
  Rule: Discovery answers on

    @abi:uapi
    Scenario: the interface before and after
      Given the device is open
      And a sound call of every method
      And what discovery answers
      When the device is removed
      Then discovery answers the same
