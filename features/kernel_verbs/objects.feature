Feature: Queues and regions of the kernel
  What storage protocols make, by a consumer inside the kernel.

  @kernel-cq
  Rule: The kernel gets completion queues

    @needs:cq @needs:control-kernel-call
    Scenario: a few sizes and vectors
      Given the device is open
      Then a consumer in the kernel gets completion queues and is rid of them again

  @kernel-cq-busy
  Rule: A completion queue of the kernel that is in use stays

    @needs:qp-rc @needs:control-kernel-call
    Scenario: of a queue pair that sends with one and receives with another
      Given the device is open
      Then a completion queue of the kernel that is in use stays

  @kernel-qp
  Rule: The kernel gets queue pairs

    @needs:qp-rc @needs:control-kernel-call
    Scenario: several of type RC
      Given the device is open
      Then a consumer in the kernel gets queue pairs with numbers of their own

  @kernel-qp-modify
  Rule: The table of transitions holds for the kernel

    @needs:qp-rc @needs:qp-modify-connects @needs:control-kernel-call
    Scenario Outline: RC in <state> is moved
      Given the device is open
      Then the kernel moves queue pairs out of <state> as the table has it

      Examples:
        | state |
        | RESET |
        | INIT  |
        | RTR   |
        | RTS   |
        | SQD   |
        | ERR   |

  @kernel-qp-refuse
  Rule: What the table has not is refused to the kernel

    @needs:qp-rc @needs:qp-modify-connects @needs:control-kernel-call
    Scenario Outline: RC in <state> is asked for something else
      Given the device is open
      Then the kernel refuses moves out of <state> that the table has not

      Examples:
        | state |
        | RESET |
        | INIT  |
        | RTR   |
        | RTS   |
        | SQD   |
        | ERR   |

  @kernel-qp-destroy
  Rule: A queue pair of the kernel can be destroyed in any state

    @needs:qp-rc @needs:qp-modify-connects @needs:control-kernel-call
    Scenario Outline: RC in <state> is destroyed
      Given the device is open
      Then a queue pair of the kernel in <state> can be destroyed

      Examples:
        | state |
        | RESET |
        | INIT  |
        | RTR   |
        | RTS   |
        | SQD   |
        | ERR   |

  @kernel-mr
  Rule: The kernel gets memory regions

    @needs:mr @needs:control-kernel-call
    Scenario: regions of several sizes
      Given the device is open
      Then a consumer in the kernel gets memory regions and is rid of them again

  @kernel-mr-keys
  Rule: Memory regions of the kernel have keys of their own

    @needs:mr @needs:control-kernel-call
    Scenario: keys of regions that are there at once
      Given the device is open
      Then memory regions of the kernel have keys of their own

  @kernel-uses
  Rule: A domain of the kernel knows its users

    @needs:control-kernel-call
    Scenario Outline: a domain with <object>
      Given the device is open
      Then a domain of the kernel is in use as long as there is a <object> of it

      @needs:qp-rc
      Examples:
        | object |
        | qp     |

      @needs:mr
      Examples:
        | object |
        | mr     |

  @kernel-limits
  Rule: The limits of the device hold for the kernel

    @needs:qp-rc @needs:control-kernel-call
    Scenario: sizes beyond them
      Given the device is open
      Then the kernel gets nothing beyond what the device says it has
