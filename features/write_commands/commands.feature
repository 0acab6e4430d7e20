Feature: Commands by write and inside a message
  What holds whichever way a command comes, and that both ways are one.

  @command-bits
  Rule: A command word has a number and a mark

    @abi:uverbs
    Scenario: other bits
      Given the device is open
      When a write command has a bit set beside its number
      Then every call is refused

  @command-unknown
  Rule: A number that is no command is not supported

    @abi:uverbs
    Scenario: numbers that never had code, and numbers above all
      Given the device is open
      When a number is sent that is no write command
      Then every call is refused

  @command-request-short
  Rule: A plain command brings its whole request

    @abi:uverbs
    Scenario: every plain command with a request that is a word short
      Given the device is open
      When every write command is sent with "a request that is a word short"
      Then every call is refused

  @command-room-short
  Rule: A plain command has room for its whole response

    @abi:uverbs
    Scenario: every plain command with room that is a word short
      Given the device is open
      When every write command is sent with "room that is a word short"
      Then every call is refused

  @command-extended-short
  Rule: What an extended command lacks is taken for zeros

    @abi:uverbs
    Scenario: every extended command without the zeros at its end
      Given the device is open
      Then an extended command is carried out as if zeros were behind what was sent of it

  @command-tail-zero
  Rule: Zeros behind the request are accepted

    @abi:uverbs
    Scenario: every command with zeros behind its request
      Given the device is open
      Then zeros behind the request change nothing

  @command-tail
  Rule: Anything else behind the request is refused

    @abi:uverbs
    Scenario: every command with ones behind its request
      Given the device is open
      When every write command is sent with "ones behind the request"
      Then every call is refused

  @command-room-long
  Rule: Room beyond the response is filled with zeros

    @abi:uverbs
    Scenario: every command with eight bytes of room too many
      Given the device is open
      Then room beyond the response is filled with zeros

  @command-response-fault
  Rule: A create that cannot be answered leaves nothing

    @abi:uverbs
    Scenario: every plain command that creates, with a response that goes nowhere
      Given the device is open
      When every plain write command that creates is sent with room that cannot be written
      Then every call is refused

  @command-same
  Rule: Both ways are one

    @abi:uverbs
    Scenario: every command, sound, short, long and of no object
      Given the device is open
      Then every write command answers alike by both ways

  @command-objects
  Rule: Objects of commands are objects of methods

    @abi:uverbs
    Scenario: every object made by a command and ended by a method, and the reverse
      Given the device is open
      Then objects go from commands to methods and back
