Feature: Protection domains
  Their lifetime, and what keeps them alive.

  @pd-create
  Rule: A protection domain can be created

    Scenario: a protection domain
      Given the device is open
      When a protection domain is created
      Then the call succeeds

  @pd-destroy
  Rule: A protection domain that nothing uses can be destroyed

    Scenario: a protection domain once and again
      Given the device is open
      And a protection domain
      When the protection domain is destroyed
      Then the call succeeds
      And the protection domain is gone

    Scenario: more protection domains one after the other than fit at once
      Given the device is open
      Then protection domains can be created and destroyed one after the other more often than fit at once

  @pd-destroy-busy
  Rule: A protection domain in use cannot be destroyed

    @needs:qp-rc
    Scenario: a protection domain used by a queue pair of type RC
      Given the device is open
      And a protection domain
      And a RC queue pair that uses the protection domain
      When the protection domain is destroyed
      Then the call is refused
      And the protection domain can still be used
      And the protection domain can still be destroyed once what uses it is gone

    @needs:qp-ud
    Scenario: a protection domain used by a queue pair of type UD
      Given the device is open
      And a protection domain
      And a UD queue pair that uses the protection domain
      When the protection domain is destroyed
      Then the call is refused
      And the protection domain can still be used
      And the protection domain can still be destroyed once what uses it is gone
