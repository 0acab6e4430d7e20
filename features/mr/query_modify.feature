Feature: Querying and changing memory regions
  What a region says of itself, and how it becomes another one.

  @mr-query
  Rule: A query reports keys and range

    @needs:mr
    Scenario: regions of several kinds
      Given the device is open
      Then memory regions report what they were created with

  @mr-modify
  Rule: A region can be given another range and other permissions

    @needs:mr @needs:mr-modify
    Scenario Outline: a region given <change>
      Given the device is open
      When a memory region is given "<change>"
      Then every call succeeds

      Examples:
        | change            |
        | other permissions |

      @needs:mr-modify-range
      Examples:
        | change                              |
        | another range                       |
        | another range without an iova       |
        | another range and other permissions |

  @mr-modify-pd
  Rule: A region can move to another protection domain

    @needs:mr @needs:mr-modify
    Scenario: a region that moves
      Given the device is open
      And a protection domain
      And a memory region that uses the protection domain
      And another protection domain
      When the memory region is given the other protection domain
      Then the memory region uses the other protection domain and no longer the first

  @mr-modify-nothing
  Rule: A change changes something

    @needs:mr @needs:mr-modify
    Scenario: nothing to change
      Given the device is open
      And a memory region
      When the memory region is modified with "nothing to change"
      Then every call is refused

  @mr-modify-range-whole
  Rule: A range is changed as a whole

    @needs:mr @needs:mr-modify @needs:mr-modify-range
    Scenario: parts of a range
      Given the device is open
      And a memory region
      When the memory region is modified with "a part of a range"
      Then every call is refused

  @mr-modify-values
  Rule: A region cannot become what it could not be created as

    @needs:mr @needs:mr-modify
    Scenario: bad permissions
      Given the device is open
      And a memory region
      When the memory region is modified with "remote writes or atomics without local writes"
      Then every call is refused

    @needs:mr @needs:mr-modify @needs:mr-modify-range
    Scenario: bad offsets
      Given the device is open
      And a memory region
      When the memory region is modified with "another offset in the page"
      Then every call is refused

  @mr-modify-bounds
  Rule: A region cannot become shorter or longer than a region can be

    @needs:mr @needs:mr-modify @needs:mr-modify-range
    Scenario: no bytes and too many
      Given the device is open
      And a memory region
      When the memory region is modified with "lengths no region can have"
      Then every call is refused

  @mr-modify-dm
  Rule: A region over device memory stays as it is

    @needs:mr @needs:dm @needs:mr-modify
    Scenario Outline: a region over device memory given <change>
      Given the device is open
      And a device memory
      And a memory region over the device memory
      When the memory region is modified with "<change>"
      Then every call is refused

      Examples:
        | change            |
        | other permissions |
        | another range     |
