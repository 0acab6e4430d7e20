Feature: Names
  What a device has by name: the list, what is found, and what is not.

  @discovery-names
  Rule: The lists of names are exact

    @abi:uapi
    Scenario: names listed and what they stand for
      Given the device is open
      Then each list of names is in order and names what the class has

    @abi:uapi @needs:control-register-driver
    Scenario: names of a driver that registers
      Given the device is open
      Then the names that a driver registers are listed, and no others are added

  @discovery-find
  Rule: A name is found

    @abi:uapi
    Scenario: every name of every class
      Given the device is open
      Then every name of the lists is found

  @discovery-name-unknown
  Rule: What has no name is not found

    @abi:uapi
    Scenario: names like those that are listed, and others
      Given the device is open
      When names that no list has are asked for
      Then every call is refused

  @discovery-named
  Rule: A driver gives names to what it adds

    @abi:uapi
    Scenario: numbers of the driver without a name
      Given the device is open
      Then everything that is the driver's has a name

  @driver-register-names
  Rule: Names are unique

    @abi:uapi @needs:control-register-driver
    Scenario: names given twice
      Given the device is open
      Then no driver with such names gets a device

  @driver-register-named
  Rule: A name is a name, and of something

    @abi:uapi @needs:control-register-driver
    Scenario: names of nothing, and texts that are no names
      Given the device is open
      Then no driver with such names gets a device
