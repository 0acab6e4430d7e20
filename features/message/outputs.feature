Feature: What a call may write
  Outputs in place, room that is too small or too large, and messages of failed calls.

  @output-room-short
  Rule: An output without enough room is refused

    Scenario: every output with one byte too little room
      Given the device is open
      When every method is called with short-room
      Then every call is refused

  @output-room-long
  Rule: Room beyond the value is filled with zeros

    @abi:uapi
    Scenario: every output with eight bytes too much room
      Given the device is open
      When every method is called with long-room, beside a sound call
      Then every call succeeds and leaves zeros in the room beyond the value

  @output-written
  Rule: Success marks every output as written and nothing else

    Scenario: every method with all its outputs
      Given the device is open
      When every method is called
      Then exactly the outputs are marked as written

  @failed-call-unchanged
  Rule: A failed call leaves the message as it was

    @abi:uapi
    Scenario Outline: every method refused for <damage>
      Given the device is open
      When every method is called with <damage>
      Then every message refused under <clause> is as it was

      Examples:
        | damage            | clause                      |
        | unknown-class     | class-unknown               |
        | attribute-overrun | attribute-overrun           |
        | unknown-mandatory | attribute-unknown-mandatory |
        | duplicate         | attribute-duplicate         |
        | shorten           | attribute-short             |
        | drop              | attribute-missing           |
        | unknown-object    | handle-unknown              |

    @abi:uapi @needs:qp-ud
    Scenario: a busy protection domain
      Given the device is open
      And a protection domain
      And a UD queue pair that uses the protection domain
      When the protection domain is destroyed
      Then every message refused under pd-destroy-busy is as it was

    @abi:uapi @needs:control-fail
    Scenario: every method whose driver fails
      Given the device is open
      When the driver fails every method
      Then every message refused under driver-failure is as it was

    @abi:uapi
    Scenario: completion queues above the maximum
      Given the device is open
      When completion queues above the maximum are created
      Then every message refused under cq-create-maximum is as it was

  @failed-call-no-effect
  Rule: A refused create leaves no object behind

    Scenario: protection domains refused for an unknown mandatory attribute
      Given the device is open
      When protection domains are created with unknown-mandatory more often than fit at once
      Then the call succeeds

    Scenario: completion queues refused for a short attribute
      Given the device is open
      When completion queues are created with shorten more often than fit at once
      Then the call succeeds

    @needs:qp
    Scenario: queue pairs refused for a missing attribute
      Given the device is open
      When queue pairs are created with drop more often than fit at once
      Then the call succeeds

  @create-object-id-zero
  Rule: A create that names an object is refused

    @abi:uapi
    Scenario: every create with an object id
      Given the device is open
      When every method is called with object-id-set
      Then every call is refused
