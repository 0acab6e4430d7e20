Feature: Events of hardware contexts
  What an object of a driver's class reports, and by which channel.

  @event-driver
  Rule: Events of a driver's object go where events of objects go

    @abi:uapi @needs:driver-class @needs:async-event @needs:control-raise-event
    Scenario: a hardware context with a channel of its own, beside the default one
      Given the device is open
      And an asynchronous event channel
      And another asynchronous event channel
      And a hardware context that reports to the other asynchronous event channel
      When the event HW_LINKDOWN happens to the hardware context
      And the event HW_LID happens to the hardware context
      Then the other asynchronous event channel gets HW_LINKDOWN, HW_LID
      And the asynchronous event channel gets nothing

    @abi:uapi @needs:driver-class @needs:async-event @needs:control-raise-event
    Scenario: a hardware context without one
      Given the device is open
      And an asynchronous event channel
      And a hardware context
      When the event HW_FROZEN happens to the hardware context
      Then the asynchronous event channel gets HW_FROZEN

    @abi:uapi @needs:driver-class @needs:event-channel @needs:control-raise-event
    Scenario: a channel that a hardware context shares with a completion queue
      Given the device is open
      And an event channel
      And a hardware context
      And a completion queue
      When the event channel is associated with the hardware context
      And the event channel is associated with the completion queue
      And the event HW_LMC happens to the hardware context
      And the event CQ_ERR happens to the completion queue
      And the event HW_SL2VL happens to the hardware context
      Then the event channel tells HW_LMC of hw_context, CQ_ERR of cq, HW_SL2VL of hw_context

  @event-destroy-drops
  Rule: Unread records of a driver's object go with it

    @abi:uapi @needs:driver-class @needs:async-event @needs:control-raise-event
    Scenario: a hardware context destroyed with a record unread
      Given the device is open
      And an asynchronous event channel
      And a hardware context that reports to the asynchronous event channel
      And another hardware context
      When the event HW_LID happens to the hardware context
      And the hardware context is destroyed
      Then the asynchronous event channel gets nothing

  @hw-context-event
  Rule: Events are shown until they are acknowledged

    @abi:uapi @needs:driver-class @needs:control-raise-event
    Scenario: every event of one of two contexts
      Given the device is open
      And a hardware context
      And another hardware context
      Then each event of the hardware context is shown by a query of it and of no other

  @hw-context-ack
  Rule: What is acknowledged is forgotten, and nothing else

    @abi:uapi @needs:driver-class @needs:control-raise-event
    Scenario: some of the events of two contexts
      Given the device is open
      And a hardware context
      And another hardware context
      Then an acknowledgement forgets the events it names of the hardware context addressed

  @hw-context-linkdown
  Rule: A link that goes down is told to every hardware context

    @abi:uapi @needs:driver-class @needs:async-event @needs:control-set-port
    Scenario: two contexts and a port that goes down and comes up
      Given the device is open
      And an asynchronous event channel
      And a hardware context that reports to the asynchronous event channel
      And another hardware context
      Then every hardware context hears of a port that goes down, and of none that comes up

  @hw-context-destroy
  Rule: Destroy tells how many events were handed out

    @abi:uapi @needs:driver-class @needs:async-event @needs:control-raise-event
    Scenario: three events, of which two are read
      Given the device is open
      And an asynchronous event channel
      And a hardware context that reports to the asynchronous event channel
      When the event HW_LID happens to the hardware context
      And the event HW_LMC happens to the hardware context
      And 2 records of the asynchronous event channel are read
      And the event HW_LID happens to the hardware context
      And the hardware context is destroyed with a count of its events
      Then the answer reports 2 asynchronous events
