@needs:cm-id @needs:qp-rc
Feature: Requests for connections
  How a request gets to a listener, and what becomes of it.

  @cm-request-event
  Rule: A listener hears of each request

    @abi:uapi
    Scenario: requests at a port and at every port
      Given the device is open
      Then each of 3 requests is an event at the listener they are for and at no other

  @cm-request-taken
  Rule: Requests are taken in their order

    @abi:uapi
    Scenario: three requests
      Given the device is open
      Then 3 requests are taken oldest first, each with the addresses and the data of its sender

  @cm-request-none
  Rule: Where no request waits none is taken

    @abi:uapi
    Scenario: a listener before its first request and after its last
      Given the device is open
      When requests are taken where none waits
      Then every call is refused

  @cm-source-state
  Rule: Requests are at listeners

    @abi:uapi
    Scenario: requests of ids in every other state
      Given the device is open
      When requests are taken from connection ids that do not listen
      Then every call is refused

  @cm-backlog
  Rule: No more than the backlog wait

    @abi:uapi
    Scenario Outline: a backlog of <backlog>
      Given the device is open
      Then of <count> requests at a backlog of <backlog> the last is rejected, and after one was taken the next waits

      Examples:
        | backlog | count |
        |       1 |     2 |
        |       3 |     4 |

  @cm-nobody-listens
  Rule: Where nobody listens a request is rejected

    @abi:uapi
    Scenario: a service of nobody, one that is only bound, and one of the other port space
      Given the device is open
      Then requests for services at which nobody listens are rejected

  @cm-unreachable
  Rule: Nobody is reached by a port that went down

    @abi:uapi @needs:control-set-port
    Scenario: a port that goes down between route and request
      Given the device is open
      Then a request by a port that has gone down is answered by CM_UNREACHABLE

  @cm-private-data
  Rule: Private data are bounded

    @abi:uapi
    Scenario: one word too many in every message
      Given the device is open
      When connects, accepts and rejects have one word of private data too many
      Then every call is refused
