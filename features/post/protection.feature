Feature: Protection
  What a message may touch, and what it must not.

  @send-lkey
  Rule: Sends take only what they may: a key that names nothing

    @needs:post
    Scenario Outline: <type> queue pairs that send from a key that names nothing
      Given the device is open
      When <type> queue pairs send from "a key that names nothing"
      Then every completion is as it must be

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

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |

  @send-domain
  Rule: Sends take only what they may: memory of another protection domain

    @needs:post
    Scenario Outline: <type> queue pairs that send from memory of another protection domain
      Given the device is open
      When <type> queue pairs send from "memory of another protection domain"
      Then every completion is as it must be

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

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |

  @send-range
  Rule: Sends take only what they may: memory outside of the region

    @needs:post
    Scenario Outline: <type> queue pairs that send from memory outside of the region
      Given the device is open
      When <type> queue pairs send from "memory outside of the region"
      Then every completion is as it must be

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

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |

  @recv-lkey
  Rule: Receives fill only what they may: a key that names nothing

    @needs:post
    Scenario Outline: <type> queue pairs that receive into a key that names nothing
      Given the device is open
      When <type> queue pairs receive into "a key that names nothing"
      Then every completion is as it must be

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

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |

  @recv-domain
  Rule: Receives fill only what they may: memory of another protection domain

    @needs:post
    Scenario Outline: <type> queue pairs that receive into memory of another protection domain
      Given the device is open
      When <type> queue pairs receive into "memory of another protection domain"
      Then every completion is as it must be

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

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |

  @recv-range
  Rule: Receives fill only what they may: memory outside of the region

    @needs:post
    Scenario Outline: <type> queue pairs that receive into memory outside of the region
      Given the device is open
      When <type> queue pairs receive into "memory outside of the region"
      Then every completion is as it must be

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

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |

  @recv-write-access
  Rule: Receives fill only what they may: memory that must not be written

    @needs:post
    Scenario Outline: <type> queue pairs that receive into memory that must not be written
      Given the device is open
      When <type> queue pairs receive into "memory that must not be written"
      Then every completion is as it must be

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

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |

  @recv-protection
  Rule: The sender learns that its message could not be placed

    @needs:post @needs:qp-rc
    Scenario: an RC message into memory of another protection domain
      Given the device is open
      And two RC queue pairs in RTS and RTS
      And a receive with "memory of another protection domain" is posted to the other queue pair
      When 1 message is sent
      Then the queue pair reports 1 send with REM_OP_ERR

  @recv-length
  Rule: A message must fit its receive

    @needs:post @needs:qp-rc
    Scenario: an RC message longer than its receive
      Given the device is open
      And two RC queue pairs in RTS and RTS
      And a receive with "room for 16 bytes" is posted to the other queue pair
      When 1 message is sent
      Then the queue pair reports 1 send with REM_INV_REQ_ERR
      And the other queue pair reports 1 receive with LOC_LEN_ERR

  @send-ah-domain
  Rule: An address handle serves its own protection domain

    @needs:post
    Scenario Outline: a <type> message by an address handle of another protection domain
      Given the device is open
      And two <type> queue pairs in RTS and RTS
      And 1 receive is posted to the other queue pair
      When a message is sent with "an address handle of another protection domain"
      Then the queue pair reports 1 send in error
      And the other queue pair reports 0 receives with SUCCESS

      @needs:qp-ud
      Examples:
        | type |
        | UD   |

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |
