Feature: Messages
  How messages go from one queue pair to another.

  @send-data
  Rule: Bytes arrive as they were sent

    @needs:post
    Scenario Outline: messages of a <type> queue pair in several pieces
      Given the device is open
      And two <type> queue pairs in RTS and RTS
      And a receive with "two pieces" is posted to the other queue pair
      When a message is sent with "data in two pieces"
      Then the other queue pair reports 1 receive with SUCCESS
      And the 1 message is in the receive buffers, in order

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

  @send-connected
  Rule: Connections cross files

    @needs:post
    Scenario Outline: <type> queue pairs of two files
      Given the device is open
      And two <type> queue pairs of two files in RTS and RTS
      And 2 receives are posted to the other queue pair
      When 2 messages are sent
      Then the other queue pair reports 2 receives with SUCCESS
      And the 2 messages are in the receive buffers, in order

      @needs:qp-rc
      Examples:
        | type |
        | RC   |

      @needs:qp-uc
      Examples:
        | type |
        | UC   |

  @datagram-area
  Rule: The payload has its place

    @needs:post
    Scenario Outline: the payload of a <type> message
      Given the device is open
      And two <type> queue pairs in RTS and RTS
      And 2 receives are posted to the other queue pair
      When 2 messages are sent
      Then the other queue pair reports 2 receives with SUCCESS
      And the 2 messages are in the receive buffers, in any order

      @needs:qp-ud
      Examples:
        | type |
        | UD   |

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |

  @datagram-grh
  Rule: A GRH is where there is one

    @needs:post @needs:qp-ud
    Scenario: a UD message by a path with a GRH
      Given the device is open
      And two UD queue pairs in RTS and RTS
      And 1 receive is posted to the other queue pair
      When a message is sent with "a path with a GRH"
      Then the completion of the receive tells "that there is a GRH"
      And there is a GRH in front of the payload

    @needs:post @needs:qp-ud @needs:port-ib
    Scenario: a UD message by a path without a GRH
      Given the device is open
      And two UD queue pairs in RTS and RTS
      And 1 receive is posted to the other queue pair
      When 1 message is sent
      Then the completion of the receive tells "that there is no GRH"

  @datagram-mtu
  Rule: A datagram is one packet

    @needs:post
    Scenario Outline: the longest <type> message and one byte more
      Given the device is open
      And two <type> queue pairs in RTS and RTS
      And a receive with "room for a whole packet" is posted to the other queue pair
      When a message is sent with "as many bytes as the path carries"
      Then the queue pair reports 1 send with SUCCESS
      When a message is sent with "one byte more than the path carries"
      Then the queue pair reports 1 send with LOC_LEN_ERR

      @needs:qp-ud
      Examples:
        | type |
        | UD   |

      @needs:qp-driver
      Examples:
        | type   |
        | DRIVER |

  @datagram-qkey
  Rule: The queue key must fit

    @needs:post @needs:qp-ud
    Scenario: a UD message with another queue key
      Given the device is open
      And two UD queue pairs in RTS and RTS
      And 1 receive is posted to the other queue pair
      When a message is sent with "another queue key"
      Then the queue pair reports 1 send with SUCCESS
      And the other queue pair reports 0 receives with SUCCESS

  @datagram-address
  Rule: A datagram to nobody is lost

    @needs:post @needs:qp-ud
    Scenario: a UD message to a number without a queue pair
      Given the device is open
      And two UD queue pairs in RTS and RTS
      When a message is sent with "the number of no queue pair"
      Then the queue pair reports 1 send with SUCCESS

    @needs:post @needs:qp-ud
    Scenario: a UD message to a queue pair in INIT
      Given the device is open
      And two UD queue pairs in RTS and INIT
      And 1 receive is posted to the other queue pair
      When 1 message is sent
      Then the queue pair reports 1 send with SUCCESS
      And the other queue pair reports 0 receives with SUCCESS

  @srd-reliable
  Rule: No SRD message is lost or doubled

    @needs:post @needs:qp-driver
    Scenario: many SRD messages
      Given the device is open
      And two DRIVER queue pairs in RTS and RTS
      And 8 receives are posted to the other queue pair
      When 8 messages are sent
      Then the other queue pair reports 8 receives with SUCCESS
      And the 8 messages are in the receive buffers, in any order

  @srd-undeliverable
  Rule: The sender of an SRD message to nobody is told

    @needs:post @needs:qp-driver
    Scenario: an SRD message to a number without a queue pair
      Given the device is open
      And two DRIVER queue pairs in RTS and RTS
      When a message is sent with "the number of no queue pair"
      Then the queue pair reports 1 send in error

  @recv-missing
  Rule: Unreliable messages without a receive are lost

    @needs:post
    Scenario Outline: a <type> message without a receive
      Given the device is open
      And two <type> queue pairs in RTS and RTS
      When 1 message is sent
      Then the queue pair reports 1 send with SUCCESS
      When 1 receive is posted to the other queue pair
      Then the other queue pair reports 0 receives with SUCCESS

      @needs:qp-uc
      Examples:
        | type |
        | UC   |

      @needs:qp-ud
      Examples:
        | type |
        | UD   |

  @rnr-wait
  Rule: An RC message can wait for its receive

    @needs:post @needs:qp-rc
    Scenario: RC messages before their receives
      Given the device is open
      And two RC queue pairs in RTS and RTS with rnr_retry 7
      When 2 messages are sent
      Then the queue pair reports 0 sends with SUCCESS
      When 2 receives are posted to the other queue pair
      Then the queue pair reports 2 sends with SUCCESS
      And the 2 messages are in the receive buffers, in order

  @rnr-exceeded
  Rule: An RC message does not wait longer than it may

    @needs:post @needs:qp-rc
    Scenario: an RC message without a receive
      Given the device is open
      And two RC queue pairs in RTS and RTS with rnr_retry 1
      When 1 message is sent
      Then the queue pair reports 1 send with RNR_RETRY_EXC_ERR

  @retry-exceeded
  Rule: An RC peer that does not answer is given up

    @needs:post @needs:qp-rc
    Scenario: an RC message to a peer in RESET
      Given the device is open
      And two RC queue pairs in RTS and RESET
      When 1 message is sent
      Then the queue pair reports 1 send with RETRY_EXC_ERR
