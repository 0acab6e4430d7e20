Feature: Published messages
  The messages of spec/abi/uapi/vectors.yaml, byte for byte.

  @message-vectors
  Rule: Every published message is answered as its vector says

    @abi:uapi
    Scenario: every vector on a fresh file
      Given the device is open
      Then every vector is answered as it says
