Feature: Discovery
  The INTERFACE object against what the device really accepts, probed number by number without effect.

  @discovery-classes
  Rule: The list of classes is exact

    @abi:uapi
    Scenario: classes listed and classes accepted
      Given the device is open
      Then the list of classes is exactly what the device accepts

  @discovery-methods
  Rule: The list of methods is exact

    @abi:uapi
    Scenario: methods listed and methods accepted
      Given the device is open
      Then the list of methods of each class is exactly what the class accepts

  @discovery-attributes
  Rule: The list of attributes is exact

    @abi:uapi
    Scenario: attributes listed and attributes known
      Given the device is open
      Then the list of attributes of each method is exactly what the method knows

  @discovery-records
  Rule: The records tell direction, need and size

    @abi:uapi
    Scenario: records against the tables
      Given the device is open
      Then each record says what the tables say of the attribute

  @discovery-counts
  Rule: Counts equal lengths

    @abi:uapi
    Scenario: every count against its list
      Given the device is open
      Then each count equals the length of its list

  @discovery-room
  Rule: A list without enough room is refused

    @abi:uapi
    Scenario: every list with room for one entry less
      Given the device is open
      When each list is asked for with room for one entry less
      Then every call is refused

  @discovery-room
  Rule: So is a list of names

    @abi:uapi
    Scenario: names with room for one entry less
      Given the device is open
      When each list of names is asked for with room for one entry less
      Then every call is refused

  @discovery-unknown
  Rule: What is not listed cannot be asked about

    @abi:uapi
    Scenario: classes and methods outside the lists
      Given the device is open
      When classes and methods that are not listed are asked about
      Then every call is refused

  @discovery-stable
  Rule: Every file gets the same lists

    @abi:uapi
    Scenario: two files side by side
      Given the device is open
      And the device is open a second time
      Then every file of the device gets the same lists
