Feature: Memory windows
  Their types, their keys, their lifetime and what keeps them alive.

  @mw-create
  Rule: Windows of a type can be allocated or do not exist

    @needs:mw
    Scenario: both types
      Given the device is open
      When memory windows are created with "types 1 and 2"
      Then every call succeeds where the device can do it, and is refused elsewhere

  @mw-create-key
  Rule: No two live windows and regions of a device share an rkey

    @needs:mw @needs:mr
    Scenario: regions and windows of two files
      Given the device is open
      And the device is open a second time
      Then memory regions and memory windows of two files share no key

  @mw-create-type
  Rule: There are no other types

    @needs:mw
    Scenario: other types
      Given the device is open
      When memory windows are created with "other types"
      Then every call is refused

  @mw-destroy
  Rule: A window can always be deallocated

    @needs:mw
    Scenario: a memory window once and again
      Given the device is open
      And a memory window
      When the memory window is destroyed
      Then the call succeeds
      And the memory window is gone

    @needs:mw
    Scenario: more memory windows one after the other than fit at once
      Given the device is open
      Then memory windows can be created and destroyed one after the other more often than fit at once

  @mw-uses-pd
  Rule: A protection domain lives as long as its windows

    @needs:mw
    Scenario: a protection domain used by a memory window
      Given the device is open
      And a protection domain
      And a memory window that uses the protection domain
      When the protection domain is destroyed
      Then the call is refused
      And the protection domain can still be used
      And the protection domain can still be destroyed once what uses it is gone
