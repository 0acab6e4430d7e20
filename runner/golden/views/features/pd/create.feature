Feature: Protection domain, create

  Background:
    Given the device is open

  @a
  Rule: What must be

    Scenario: It holds
      When a protection domain is created
      Then the call is accepted

    Scenario: It does not hold
      When a protection domain is created
      Then the call is refused
      And nothing has changed

    Scenario: Preparation is refused
      Given a protection domain
      When a protection domain is created
      Then the call is accepted

    Scenario Outline: It breaks by a <what>
      When a protection domain is created
      Then the call is accepted

      Examples:
        | what  |
        | hang  |
        | crash |
        | lapse |

    Scenario: It was not reached
      When a protection domain is created
      Then the call is accepted

  @advice
  Rule: What should be

    Scenario: It is not followed
      When a protection domain is created
      Then the call is accepted

  @seen
  Rule: What is observed

    Scenario: Something else is seen
      When a protection domain is created
      Then the call is accepted

    Scenario: Something is left behind
      When a protection domain is created
      Then the call is accepted
