Feature: Attributes of a message
  Unknown, duplicate, missing, short and long attributes, on every method and every attribute that can be damaged so.

  @attribute-unknown-mandatory
  Rule: An unknown mandatory attribute refuses the call

    Scenario: every method with an unknown mandatory attribute
      Given the device is open
      When every method is called with unknown-mandatory
      Then every call is refused

    Scenario: every method with an unknown mandatory driver attribute
      Given the device is open
      When every method is called with unknown-driver-mandatory
      Then every call is refused

    @abi:uapi
    Scenario: every method with an attribute that only another method of the class has
      Given the device is open
      When every method is called with an attribute that only another method of its class has
      Then every call is refused

  @attribute-unknown-optional
  Rule: An unknown optional attribute is ignored

    Scenario: every method with an unknown optional attribute
      Given the device is open
      When every method is called with unknown-optional, beside a sound call
      Then every call succeeds

    Scenario: every method with an unknown optional driver attribute
      Given the device is open
      When every method is called with unknown-driver-optional, beside a sound call
      Then every call succeeds

  @attribute-duplicate
  Rule: The same attribute twice is refused

    Scenario: every attribute twice
      Given the device is open
      When every method is called with duplicate
      Then every call is refused

  @attribute-short
  Rule: A payload shorter than its type is refused

    Scenario: every input one byte short
      Given the device is open
      When every method is called with shorten
      Then every call is refused

  @attribute-long-zero
  Rule: A longer payload with a zero tail is accepted

    @abi:uapi
    Scenario: every input with zeros behind it
      Given the device is open
      When every method is called with lengthen-zero, beside a sound call
      Then every call succeeds

  @attribute-long-nonzero
  Rule: A longer payload with anything but zeros behind it is refused

    @abi:uapi
    Scenario: every input with a tail of ones
      Given the device is open
      When every method is called with lengthen-nonzero
      Then every call is refused

  @attribute-extensible-zero
  Rule: A struct that may grow is taken with zeros behind it

    @abi:uverbs @needs:qp
    Scenario: every extensible input with zeros behind it
      Given the device is open
      When every method is called with extend-zero, beside a sound call
      Then every call succeeds

  @attribute-extensible-nonzero
  Rule: A struct that has grown is refused where the growth means something

    @abi:uverbs @needs:qp
    Scenario: every extensible input with a tail of ones
      Given the device is open
      When every method is called with extend-nonzero
      Then every call is refused

  @attribute-fixed-long
  Rule: An input of one length has that length

    @abi:uverbs
    Scenario: every input of one length with zeros behind it
      Given the device is open
      When every method is called with lengthen-fixed
      Then every call is refused

  @attribute-missing
  Rule: A missing required attribute refuses the call

    Scenario: every required attribute left out
      Given the device is open
      When every method is called with drop
      Then every call is refused

  @attribute-order-free
  Rule: The order of attributes does not matter

    Scenario: every method with its attributes reversed
      Given the device is open
      When every method is called with reverse-order, beside a sound call
      Then every call succeeds
