Feature: Deregistering memory
  The end of regions, and what they keep alive.

  @mr-destroy
  Rule: A region can always be deregistered

    @needs:mr
    Scenario: a memory region once and again
      Given the device is open
      And a memory region
      When the memory region is destroyed
      Then the call succeeds
      And the memory region is gone

    @needs:mr @needs:mw
    Scenario: a memory region beside a memory window
      Given the device is open
      And a protection domain
      And a memory region that uses the protection domain
      And a memory window that uses the protection domain
      When the memory region is destroyed
      Then the call succeeds

    @needs:mr
    Scenario: more memory regions one after the other than fit at once
      Given the device is open
      Then memory regions can be created and destroyed one after the other more often than fit at once

  @mr-uses-pd
  Rule: A protection domain lives as long as its regions

    @needs:mr
    Scenario: a protection domain used by a memory region
      Given the device is open
      And a protection domain
      And a memory region that uses the protection domain
      When the protection domain is destroyed
      Then the call is refused
      And the protection domain can still be used
      And the protection domain can still be destroyed once what uses it is gone
