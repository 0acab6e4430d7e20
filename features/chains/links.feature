Feature: Links of chains
  What is wrong with a chain as a whole is found before its first element is carried out.

  @chain-unreadable
  Rule: A header that cannot be read is refused

    @abi:uapi
    Scenario: headers
      Given the device is open
      When chains with "a header that cannot be read" are handed over
      Then every chain is refused, and nothing of it is carried out

  @chain-read-only
  Rule: Memory that cannot be written is refused

    @abi:uapi
    Scenario: read-only memory
      Given the device is open
      When chains with "memory that cannot be written" are handed over
      Then every chain is refused, and nothing of it is carried out

  @chain-next-aligned
  Rule: A link that is not a multiple of 8 is refused

    @abi:uapi
    Scenario: misaligned links
      Given the device is open
      When chains with "a misaligned link" are handed over
      Then every chain is refused, and nothing of it is carried out

  @chain-next-overlap
  Rule: A link into the message before it is refused

    @abi:uapi
    Scenario: links into messages
      Given the device is open
      When chains with "a link into the message" are handed over
      Then every chain is refused, and nothing of it is carried out

  @chain-next-far
  Rule: A link that leads too far or backward is refused

    @abi:uapi
    Scenario: links that lead away
      Given the device is open
      When chains with "a link that leads too far" are handed over
      Then every chain is refused, and nothing of it is carried out

  @chain-maximum
  Rule: More elements than the bound are refused

    @abi:uapi
    Scenario: one element too many, and many
      Given the device is open
      When chains with "too many elements" are handed over
      Then every chain is refused, and nothing of it is carried out

  @chain-nested
  Rule: A chain in a chain is refused

    @abi:uapi
    Scenario: a chain as an element
      Given the device is open
      When chains with "a chain in it" are handed over
      Then every chain is refused, and nothing of it is carried out

  @chain-command
  Rule: Bits beside the method are refused

    @abi:uapi
    Scenario: marks and reserved bits
      Given the device is open
      When chains with "bits beside the method" are handed over
      Then every chain is refused, and nothing of it is carried out
