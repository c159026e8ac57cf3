namespace Rift.Mdp.Tests;

public class InvalidModelExceptionTests
{
    [TestCase(null, null, "found x, expected y")]
    [TestCase(3, null, "state 3: found x, expected y")]
    [TestCase(3, 1, "state 3, action 1: found x, expected y")]
    public void The_message_names_the_place(int? state, int? action, string message)
    {
        InvalidModelException exception = new("found x", "y", state, action);
        Assert.That((exception.Message, exception.State, exception.Action, exception.Found, exception.Expected), Is.EqualTo((message, state, action, "found x", "y")));
    }
}
