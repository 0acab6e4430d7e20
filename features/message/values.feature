Feature: Values of attributes
  Numbers outside an enum, undefined flag bits and numbers above the maximum of the tables.

  @attribute-enum-unknown
  Rule: A number outside the enum is refused

    @needs:qp
    Scenario: every enum attribute of every method with numbers outside the enum
      Given the device is open
      When every enum attribute is given numbers outside its enum
      Then every call is refused

  @attribute-flags-value
  Rule: An undefined flag bit is refused

    @needs:qp
    Scenario: every flags attribute of every method with an undefined bit
      Given the device is open
      When every flags attribute is given an undefined bit
      Then every call is refused

  @attribute-range
  Rule: A number above the maximum of the table is refused

    @abi:uapi @needs:qp
    Scenario: every bounded attribute of every method above its maximum
      Given the device is open
      When every bounded attribute is given numbers above its maximum
      Then every call is refused

  @attribute-struct-reserved
  Rule: A reserved field of a struct that is not zero is refused

    @abi:uapi @needs:qp
    Scenario: every struct with a reserved field
      Given the device is open
      When every struct with a reserved field is given one that is not zero
      Then every call is refused
