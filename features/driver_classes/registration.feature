Feature: Drivers that register
  Rows laid over the common operations: what they change, what they add, and what is refused.

  @driver-override
  Rule: A driver replaces single methods

    @abi:uapi @needs:control-register-driver
    Scenario: every method of every class, one at a time
      Given the device is open
      Then each method that a driver replaces answers as the driver does, and the others as before

  @driver-keep
  Rule: A kept method is the common one

    @abi:uapi @needs:control-register-driver
    Scenario: every method of every class
      Given the device is open
      Then a device whose driver keeps every method serves them all

  @driver-unsupported
  Rule: What a driver takes away is not there

    @abi:uapi @needs:control-register-driver
    Scenario: every method of every class, each taken away alone
      Given the device is open
      When each method is asked for on a device whose driver takes it away
      Then every call is refused

  @driver-method
  Rule: A driver adds methods to common classes

    @abi:uapi @needs:control-register-driver
    Scenario: the first and the last number of the range in every class
      Given the device is open
      Then a method that a driver adds is served on objects of its class only

  @driver-attribute
  Rule: A driver adds attributes to common methods

    @abi:uapi @needs:control-register-driver
    Scenario: the first and the last number in every method
      Given the device is open
      Then attributes of the driver reach its operation and come back

  @attribute-unknown-mandatory
  Rule: A driver's attribute belongs to one method

    @abi:uapi @needs:control-register-driver
    Scenario: every method with the attribute of another one
      Given the device is open
      When attributes of the driver are sent to methods it did not register them for
      Then every call is refused

  @driver-class
  Rule: Objects of a registered class are served like all others

    @abi:uapi @needs:control-register-driver
    Scenario: handles, ends and files
      Given the device is open
      Then objects of a registered class live and end as all others do

  @driver-uses
  Rule: What objects of a driver use is in use

    @abi:uapi @needs:control-register-driver
    Scenario: a protection domain
      Given the device is open
      When a protection domain is destroyed that an object of a registered class uses
      Then every call is refused

  @driver-register-twice
  Rule: Two rows for one method are refused

    @abi:uapi @needs:control-register-driver
    Scenario: the same and contradicting rows, side by side and apart
      Given the device is open
      Then no driver with such rows gets a device

  @driver-register-name
  Rule: A device name is given once

    @abi:uapi @needs:control-register-driver
    Scenario: names of the first device and of a registered one
      Given the device is open
      Then a driver cannot take the name of a device

  @driver-register-range
  Rule: Numbers that are not the driver's are refused

    @abi:uapi @needs:control-register-driver
    Scenario: classes, methods and attributes at the ends of the ranges
      Given the device is open
      Then no driver with such rows gets a device

  @driver-register-nothing
  Rule: There must be something to keep or take away

    @abi:uapi @needs:control-register-driver
    Scenario: methods and classes that are not there
      Given the device is open
      Then no driver with such rows gets a device

  @driver-register-interface
  Rule: The interface is not replaced

    @abi:uapi @needs:control-register-driver
    Scenario: its methods and a new one
      Given the device is open
      Then no driver with such rows gets a device

  @driver-table
  Rule: The table is no larger than its numbers

    @abi:uapi @needs:control-register-driver
    Scenario: classes and methods added and taken away
      Given the device is open
      Then the dispatch table is as large as the numbers in use make it

  @driver-create-flags
  Rule: A flag is carried out or refused

    @abi:uapi @needs:qp
    Scenario: every flag on every type
      Given the device is open
      Then each creation flag is carried out or refused as not supported
