Feature: What the device does by itself
  Sends that complete in error, and send queues that drain.

  @qp-hardware-sqe
  Rule: A failed send stops the send queue of an unreliable queue pair

    @needs:control-load-sends @needs:control-complete-send
    Scenario Outline: a send of a <type> queue pair fails
      Given the device is open
      And a <type> queue pair in RTS
      And 1 send of the queue pair are in flight
      When a send of the queue pair completes with LOC_PROT_ERR
      Then a query shows the queue pair in SQE

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

  @qp-hardware-err
  Rule: A failed send ends a reliable queue pair

    @needs:control-load-sends @needs:control-complete-send
    Scenario Outline: a send of a reliable <type> queue pair fails
      Given the device is open
      And a <type> queue pair in RTS
      And 1 send of the queue pair are in flight
      When a send of the queue pair completes with RETRY_EXC_ERR
      Then a query shows the queue pair in ERR

      @needs:qp-rc
      Examples:
        | type |
        | RC   |

      @needs:qp-xrc-ini
      Examples:
        | type    |
        | XRC_INI |

  @qp-hardware-success
  Rule: A successful send leaves the state

    @needs:control-load-sends @needs:control-complete-send
    Scenario Outline: a send of a <type> queue pair succeeds
      Given the device is open
      And a <type> queue pair in RTS
      And 2 sends of the queue pair are in flight
      When a send of the queue pair completes with SUCCESS
      Then a query shows the queue pair in RTS

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

  @qp-sqd-draining
  Rule: A send queue with work in flight drains

    @needs:control-load-sends @needs:control-complete-send
    Scenario Outline: <type> moved to SQD with sends in flight
      Given the device is open
      And a <type> queue pair in RTS
      And 2 sends of the queue pair are in flight
      And the queue pair is moved from RTS to SQD
      Then a query shows that the send queue is draining
      When a send of the queue pair completes with SUCCESS
      Then a query shows that the send queue is draining

      @needs:qp-rc
      Examples:
        | type |
        | RC   |

      @needs:qp-ud
      Examples:
        | type |
        | UD   |

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |

  @qp-sqd-drained
  Rule: A send queue has drained when the last send completes

    @needs:control-load-sends @needs:control-complete-send
    Scenario Outline: <type> in SQD whose last send completes
      Given the device is open
      And a <type> queue pair in RTS
      And 2 sends of the queue pair are in flight
      And the queue pair is moved from RTS to SQD
      When 2 sends of the queue pair complete with SUCCESS
      Then the very next query shows that the send queue has drained

      @needs:qp-rc
      Examples:
        | type |
        | RC   |

      @needs:qp-ud
      Examples:
        | type |
        | UD   |

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |
