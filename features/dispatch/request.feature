Feature: From an ioctl number to a method
  Each method of every class is called with a request number, a class or a method that leads nowhere.

  @request-foreign
  Rule: An ioctl of another interface is refused

    Scenario: every method by a foreign request number
      Given the device is open
      When every method is called with foreign-request
      Then every call is refused

  @header-unreadable
  Rule: A header that cannot be read is refused

    Scenario: every method with half a header
      Given the device is open
      When every method is called with unreadable-header
      Then every call is refused

  @class-unknown
  Rule: A class that the device does not support is refused

    Scenario: every method on an unknown class
      Given the device is open
      When every method is called with unknown-class
      Then every call is refused

  @class-driver-unknown
  Rule: A driver class that no driver registered is refused

    Scenario: every method on an unknown driver class
      Given the device is open
      When every method is called with unknown-driver-class
      Then every call is refused

  @method-unknown
  Rule: A method that the class does not have is refused

    Scenario: an unknown method of every class
      Given the device is open
      When every method is called with unknown-method
      Then every call is refused

  @method-reserved
  Rule: A method number kept for later is refused

    @abi:uapi
    Scenario: a reserved method number on every class
      Given the device is open
      When every method is called with reserved-method
      Then every call is refused
