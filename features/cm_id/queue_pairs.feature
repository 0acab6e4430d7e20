@needs:cm-id @needs:qp-rc @needs:qp-modify-connects
Feature: Queue pairs of connections
  Queue pairs that the core connects, and what a program can still do to them.

  @cm-established
  Rule: Both sides are ready when a request is accepted

    @abi:uapi
    Scenario Outline: queue pairs in <state> on both sides
      Given the device is open
      Then an accept brings queue pairs in <state> to RTS on both sides, and each is told

      Examples:
        | state |
        | RESET |
        | INIT  |

    @abi:uapi @needs:post
    Scenario: a message over the connection
      Given the device is open
      Then a message gets from one queue pair of a connection to the other

  @cm-qp-state
  Rule: A queue pair must be at its beginning

    @abi:uapi
    Scenario: queue pairs that are under way, taken, or of another type
      Given the device is open
      When connects and accepts name queue pairs that do not fit
      Then every call is refused

  @cm-qp-path
  Rule: The path is that of the route

    @abi:uapi
    Scenario: what both queue pairs show
      Given the device is open
      Then both queue pairs of a connection show the path of its route

  @cm-qp-modify
  Rule: The path cannot be changed

    @abi:uapi
    Scenario: modifies that say where to, while connecting, in RTS and in SQD
      Given the device is open
      When queue pairs of connections are modified to lead elsewhere
      Then every call is refused

  @cm-qp-busy
  Rule: A queue pair stays as long as its connection

    @abi:uapi
    Scenario: queue pairs of both sides
      Given the device is open
      When the queue pairs of a connection are destroyed
      Then every call is refused
