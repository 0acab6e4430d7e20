Feature: Which errno wins
  Messages that break the rules of two phases at once; pairs refused with the same errno tell nothing and are left out.

  @precedence
  Rule: The earlier phase decides

    @abi:uapi
    Scenario: two faults in one create of a completion queue
      Given the device is open
      When calls of cq create break rules of two phases at once
      Then every call is refused

    @abi:uapi
    Scenario: two faults in one destroy of a protection domain
      Given the device is open
      When calls of pd destroy break rules of two phases at once
      Then every call is refused

    @abi:uapi @needs:qp
    Scenario: two faults in one modify of a queue pair
      Given the device is open
      When calls of qp modify break rules of two phases at once
      Then every call is refused

    @abi:uapi @needs:qp
    Scenario: two faults in one create of a queue pair
      Given the device is open
      When calls of qp create break rules of two phases at once
      Then every call is refused
