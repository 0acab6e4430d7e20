Feature: Registering memory
  Which memory becomes a region, with which permissions, and under which keys.

  @mr-create
  Rule: Every sound range and set of permissions can be registered

    @needs:mr
    Scenario Outline: regions over <cases>
      Given the device is open
      When memory regions are created with "<cases>"
      Then every call succeeds

      Examples:
        | cases                    |
        | every kind of range      |
        | every set of permissions |

  @mr-create-keys
  Rule: No two live regions of a device share a key

    @needs:mr
    Scenario: regions of two files
      Given the device is open
      And the device is open a second time
      Then memory regions and memory regions of two files share no key

  @mr-create-keys-fresh
  Rule: The keys of a region that is gone are not given to the next one

    @needs:mr
    Scenario: regions one after the other
      Given the device is open
      Then no new memory region has a key of the one destroyed before it

  @mr-create-access
  Rule: Remote writes and atomics need local writes

    @needs:mr
    Scenario: permissions for the other side alone
      Given the device is open
      When memory regions are created with "remote writes or atomics without local writes"
      Then every call is refused

  @mr-create-incapable
  Rule: What a device is not capable of is refused as such

    @needs:mr
    Scenario: on-demand paging and flushes
      Given the device is open
      When memory regions are created with "permissions not every device is capable of"
      Then every call succeeds where the device can do it, and is refused elsewhere

  @mr-create-empty
  Rule: A region has bytes

    @needs:mr
    Scenario: no bytes
      Given the device is open
      When memory regions are created with "no bytes"
      Then every call is refused

  @mr-create-maximum
  Rule: A region is no larger than the device registers

    @needs:mr
    Scenario: above the maximum
      Given the device is open
      When memory regions are created with "more bytes than the device registers"
      Then every call is refused

  @mr-create-wrap
  Rule: A range ends where the addresses do

    @needs:mr
    Scenario: ranges beyond the last address
      Given the device is open
      When memory regions are created with "a range beyond the last address"
      Then every call is refused

  @mr-create-offset
  Rule: Both addresses have the same offset in their page

    @needs:mr
    Scenario: other offsets
      Given the device is open
      When memory regions are created with "another offset in the page"
      Then every call is refused
