Feature: The frame of a write command
  Headers that lie, and what is answered for them.

  @write-count
  Rule: Success is the number of bytes

    @abi:uverbs
    Scenario: every command
      Given the device is open
      Then every write command that succeeds answers how many bytes were written

  @write-header
  Rule: A write has a whole header

    @abi:uverbs
    Scenario: writes that end within the header
      Given the device is open
      When writes end within the header
      Then every call is refused

  @write-length
  Rule: The header tells the length

    @abi:uverbs
    Scenario: every command with a length that lies
      Given the device is open
      When every write command is written with "another length than it has"
      Then every call is refused

  @write-reserved
  Rule: The reserved field is zero

    @abi:uverbs
    Scenario: every extended command with its reserved field set
      Given the device is open
      When every write command is written with "its reserved field set"
      Then every call is refused

  @write-response-pair
  Rule: Room and address come together

    @abi:uverbs
    Scenario: every extended command with one and not the other
      Given the device is open
      When every write command is written with "room or address alone"
      Then every call is refused

  @write-vector
  Rule: A piece is a command or it is nothing

    @abi:uverbs
    Scenario: commands cut in two
      Given the device is open
      When every write command is written in two pieces
      Then it is answered as its first piece alone

    @abi:uverbs
    Scenario: two commands in two pieces
      Given the device is open
      Then two commands in the pieces of one write are both carried out

    @abi:uverbs
    Scenario: a sound command before a refused one, and behind it
      Given the device is open
      Then what is taken before a refused piece counts, and nothing behind it is done

  @write-response-none
  Rule: Neither of them is enough

    @abi:uverbs
    Scenario: a query that nobody hears of
      Given the device is open
      When an extended command leaves neither room nor address for its response
      Then the call succeeds

  @write-gap
  Rule: An extended number in a gap is judged as a plain one

    @abi:uverbs
    Scenario: numbers between those of extended commands
      Given the device is open
      When an extended number between those of commands is written
      Then every call is refused
