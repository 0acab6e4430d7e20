Feature: Sizes of completion queues
  What is asked, what is granted, what is refused.

  @cq-create-granted
  Rule: What is granted is at least what was asked

    Scenario: sizes from one to the maximum
      Given the device is open
      When completion queues of sizes up to the maximum are created
      Then every call succeeds
      And every queue was granted at least what was asked

    @abi:uapi
    Scenario: a query repeats what was granted
      Given the device is open
      Then a query shows the size that was granted

  @cq-create-zero
  Rule: A completion queue without entries is refused

    Scenario: no entries
      Given the device is open
      When a completion queue without entries is created
      Then every call is refused

  @cq-create-maximum
  Rule: More entries than the maximum are refused

    Scenario: sizes above the maximum
      Given the device is open
      When completion queues above the maximum are created
      Then every call is refused

  @cq-create-vector
  Rule: A completion vector the device does not have is refused

    Scenario: vectors beyond the last
      Given the device is open
      When completion queues with vectors the device does not have are created
      Then every call is refused
