Feature: Life of address handles
  What cannot be done with them, their end, and what keeps them alive.

  @ah-unreadable
  Rule: Address handles are neither queried nor modified

    @needs:ah
    Scenario: query and modify
      Given the device is open
      And an address handle
      When the common methods that address handles do not have are called
      Then every call is refused

  @ah-destroy
  Rule: An address handle can always be destroyed

    @needs:ah
    Scenario: an address handle once and again
      Given the device is open
      And an address handle
      When the address handle is destroyed
      Then the call succeeds
      And the address handle is gone

    @needs:ah
    Scenario: more address handles one after the other than fit at once
      Given the device is open
      Then address handles can be created and destroyed one after the other more often than fit at once

  @ah-uses-pd
  Rule: A protection domain lives as long as its address handles

    @needs:ah
    Scenario: a protection domain used by an address handle
      Given the device is open
      And a protection domain
      And an address handle that uses the protection domain
      When the protection domain is destroyed
      Then the call is refused
      And the protection domain can still be used
      And the protection domain can still be destroyed once what uses it is gone
