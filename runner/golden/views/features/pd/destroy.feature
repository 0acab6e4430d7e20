Feature: Protection domain, destroy

  @a @needs:qp-rc
  Rule: What must be

    Scenario: It does not apply
      When a protection domain is destroyed
      Then the call is accepted
