Feature: Elements of chains
  Many messages in one call, carried out one after the other up to the first that is refused.

  @chain-length
  Rule: A chain can have any number of elements up to the bound

    @abi:uapi
    Scenario Outline: a chain of <count>
      Given the device is open
      Then a chain of <count> queries is carried out, each as by itself

      Examples:
        | count |
        |     1 |
        |     2 |
        |    10 |
        |    50 |
        |   100 |

  @chain-order
  Rule: Elements are carried out in the order of the links

    @abi:uapi
    Scenario: completion queues are read before they are destroyed
      Given the device is open
      Then a chain that reads completion queues before it destroys them is carried out

    @abi:uapi @needs:qp-modify-connects
    Scenario Outline: a chain brings a queue pair of type <type> to life
      Given the device is open
      Then a chain of the modifies from RESET to RTS brings a <type> queue pair there

      @needs:qp-rc
      Examples:
        | type |
        | RC   |

      @needs:qp-ud
      Examples:
        | type |
        | UD   |

  @chain-stop
  Rule: A chain stops at the first element that is refused

    @abi:uapi
    Scenario Outline: a chain of <count> refused at element <at>
      Given the device is open
      Then a chain of <count> elements that is refused at element <at> has done what is before it and nothing behind it

      Examples:
        | count | at |
        |     1 |  0 |
        |     9 |  0 |
        |     9 |  4 |
        |     9 |  8 |
        |    50 | 25 |

  @chain-errno
  Rule: A chain answers with the errno of its refused element

    @abi:uapi
    Scenario: messages that are refused with different errnos
      Given the device is open
      Then a chain answers what its refused element answers by itself

  @chain-results
  Rule: Every element tells what became of it

    @abi:uapi
    Scenario Outline: the marks of a chain of <count> refused at element <at>
      Given the device is open
      Then every element of a chain of <count> that is refused at element <at> tells what became of it

      Examples:
        | count | at |
        |     1 |  0 |
        |     9 |  0 |
        |     9 |  4 |
        |     9 |  8 |
