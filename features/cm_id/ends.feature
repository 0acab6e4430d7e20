@needs:cm-id @needs:qp-rc @needs:qp-modify-connects
Feature: Ends of connections
  By a reject, by either side, by a destroy, by a close.

  @cm-reject
  Rule: A reject is told

    @abi:uapi
    Scenario: a request that is rejected with data
      Given the device is open
      Then a reject is told to the one that asked, whose queue pair is as it was

  @cm-disconnect
  Rule: Either side can disconnect

    @abi:uapi
    Scenario Outline: disconnected by <side>
      Given the device is open
      Then a disconnect by <side> ends the connection on both sides

      Examples:
        | side              |
        | the one           |
        | the other         |

  @cm-destroy-connected
  Rule: A destroy ends the connection

    @abi:uapi
    Scenario: ids destroyed while connected, requested and connecting
      Given the device is open
      Then the other side hears of the destroy of an id with a connection or a request

  @cm-destroy-listener
  Rule: What a listener leaves is rejected

    @abi:uapi
    Scenario: a listener destroyed with a request that was taken and two that were not
      Given the device is open
      Then a destroyed listener has the requests rejected that nobody took

  @cm-close
  Rule: A close ends what is in the file

    @abi:uapi
    Scenario: a file closed with a connection and a listener in it
      Given the device is open
      And the device is open a second time
      Then the other side hears of the close of a file with connections
