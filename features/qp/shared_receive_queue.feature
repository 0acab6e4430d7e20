Feature: Queue pairs that receive from a shared receive queue

  @qp-create-srq
  Rule: A queue pair can name a shared receive queue

    @needs:srq
    Scenario Outline: a <type> queue pair, whatever receives it asks for
      Given the device is open
      And a shared receive queue
      When a <type> queue pair that uses the shared receive queue asks for more receives than there can be
      Then the call succeeds

      @needs:qp-rc
      Examples:
        | type |
        | RC   |

      @needs:qp-uc
      Examples:
        | type |
        | UC   |

      @needs:qp-ud
      Examples:
        | type |
        | UD   |

  @qp-create-srq-granted
  Rule: It has no receives of its own

    @needs:srq @needs:qp-rc
    Scenario: sizes of an RC queue pair
      Given the device is open
      And a shared receive queue
      Then an RC queue pair reports no receives of its own

  @qp-create-srq-type
  Rule: A shared receive queue of type XRC serves no queue pair by name

    @needs:srq @needs:xrcd
    Scenario Outline: a <type> queue pair with an XRC shared receive queue
      Given the device is open
      When a <type> queue pair is created with an XRC shared receive queue
      Then the call is refused

      @needs:qp-rc
      Examples:
        | type |
        | RC   |

      @needs:qp-ud
      Examples:
        | type |
        | UD   |

  @qp-create-srq-foreign
  Rule: XRC initiators take no shared receive queue

    @needs:srq @needs:qp-xrc-ini
    Scenario: an initiator with a shared receive queue
      Given the device is open
      When a XRC_INI queue pair is created with a BASIC shared receive queue
      Then the call is refused
