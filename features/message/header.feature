Feature: What only the messages of uverbs have
  The fields of the header beside object and method, driver data, and numbers out of range.

  @header-length
  Rule: The length is that of the header and the attributes

    @abi:uverbs
    Scenario: every method with a length or a count that lies
      Given the device is open
      When every method is called with length-count
      Then every call is refused

  @header-reserved
  Rule: Reserved fields of the header are zero

    @abi:uverbs
    Scenario: every method with a reserved field of the header set
      Given the device is open
      When every method is called with header-reserved-set
      Then every call is refused

  @header-driver
  Rule: The message names the driver of the device

    @abi:uverbs
    Scenario: every method for another driver
      Given the device is open
      When every method is called with foreign-driver
      Then every call is refused

  @header-object-length
  Rule: What names an object has no length

    @abi:uverbs
    Scenario: every attribute that names an object, with a length
      Given the device is open
      When every method is called with object-length
      Then every call is refused

  @driver-data-foreign
  Rule: Driver data are refused where no driver reads them

    @abi:uverbs
    Scenario: every method without driver data, with some
      Given the device is open
      When every method is called with foreign-driver-data
      Then every call is refused

  @driver-data-marked
  Rule: Room for driver data is marked as written

    @abi:uverbs
    Scenario: every create that takes driver data, with room for it
      Given the device is open
      Then every create marks the room for driver data beside what it marks without it

  @class-unknown
  Rule: An object type in a namespace that is nobody's is unknown

    @abi:uverbs
    Scenario: every object type out of range
      Given the device is open
      When every method is called with class-out-of-range
      Then every call is refused

  @method-unknown
  Rule: A method out of range is unknown

    @abi:uverbs
    Scenario: every method out of range
      Given the device is open
      When every method is called with method-out-of-range
      Then every call is refused

  @attribute-unknown-mandatory
  Rule: A mandatory attribute out of range is unknown

    @abi:uverbs
    Scenario: every method with mandatory attributes out of range
      Given the device is open
      When every method is called with out-of-range-mandatory
      Then every call is refused

  @attribute-unknown-optional
  Rule: An optional attribute out of range is ignored

    @abi:uverbs
    Scenario: every method with optional attributes out of range
      Given the device is open
      When every method is called with out-of-range-optional, beside a sound call
      Then every call succeeds
