Feature: The frame of a message
  Lengths, alignment and mapping of the message and of its attributes, on every method.

  @message-length-minimum
  Rule: A message shorter than its header is refused

    @abi:uapi
    Scenario: every method with a length of seven
      Given the device is open
      When every method is called with length-below-minimum
      Then every call is refused

  @message-length-maximum
  Rule: A message longer than a page is refused

    Scenario: every method with a length above the maximum
      Given the device is open
      When every method is called with length-above-maximum
      Then every call is refused

  @message-length-aligned
  Rule: A length that is no multiple of eight is refused

    @abi:uapi
    Scenario: every method with a misaligned length
      Given the device is open
      When every method is called with length-misaligned
      Then every call is refused

  @message-unreadable
  Rule: A message that ends before its length is refused

    @abi:uapi
    Scenario: every method with an unmapped end
      Given the device is open
      When every method is called with unreadable-body
      Then every call is refused

  @message-read-only
  Rule: A message that cannot be written is refused before anything is done

    @abi:uapi
    Scenario: every method in read-only memory
      Given the device is open
      When every method is called with read-only-body
      Then every call is refused
      And every message refused under message-read-only is as it was

    @abi:uapi
    Scenario: protection domains asked for in read-only memory take up no room
      Given the device is open
      When protection domains are created with read-only-body more often than fit at once
      Then the call succeeds

  @attribute-length-minimum
  Rule: An attribute shorter than its header is refused

    @abi:uapi
    Scenario: every attribute with a length of seven
      Given the device is open
      When every method is called with attribute-below-minimum
      Then every call is refused

  @attribute-overrun
  Rule: An attribute that ends beyond the message is refused

    @abi:uapi
    Scenario: the last attribute running over the end
      Given the device is open
      When every method is called with attribute-overrun
      Then every call is refused

  @attribute-overlap
  Rule: An attribute that takes in the next one is judged as one long attribute

    @abi:uapi
    Scenario: every attribute taking in its neighbour
      Given the device is open
      When every method is called with attribute-overlap
      Then every call is refused

  @attribute-padding-zero
  Rule: Padding that is not zero is refused

    @abi:uapi
    Scenario: every padded attribute with padding set
      Given the device is open
      When every method is called with padding-set
      Then every call is refused

  @attribute-reserved-zero
  Rule: A reserved field that is not zero is refused

    Scenario: every attribute with its reserved field set
      Given the device is open
      When every method is called with reserved-set
      Then every call is refused

  @attribute-flags-unknown
  Rule: A flag that callers may not set is refused

    @abi:uapi
    Scenario: every attribute with an unknown flag
      Given the device is open
      When every method is called with unknown-flag
      Then every call is refused

    @abi:uapi
    Scenario: every attribute marked as written by the caller
      Given the device is open
      When every method is called with output-flag-set
      Then every call is refused
