Feature: The state machine of work queues
  Nine pairs of states, and what a modify says of the current one.

  @wq-modify
  Rule: Moves that the table allows are done

    @needs:wq
    Scenario Outline: moves out of <state>
      Given the device is open
      When a work queue in <state> is moved where its table allows
      Then every call succeeds

      Examples:
        | state |
        | RESET |
        | RDY   |
        | ERR   |

  @wq-modify-illegal
  Rule: Moves that the table does not allow are refused

    @needs:wq
    Scenario Outline: moves out of <state> that do not exist
      Given the device is open
      When a work queue in <state> is moved where its table forbids
      Then every call is refused

      Examples:
        | state |
        | RESET |
        | ERR   |

  @wq-modify-cur-state
  Rule: A wrong current state is refused

    @needs:wq
    Scenario: every wrong claim in every state
      Given the device is open
      When work queues are modified with a current state that is not theirs
      Then every call is refused

  @wq-modify-empty
  Rule: A modify of nothing is refused

    @needs:wq
    Scenario: no attributes
      Given the device is open
      And a work queue
      When the work queue is modified with nothing
      Then the call is refused
