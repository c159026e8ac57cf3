namespace Rift.Mdp.Tests;

/// <summary>The drivers of the sweeps use addresses: here every array they touch lies against a page that ends the process.</summary>
public class GuardPageTests
{
    [TestCase("behind")]
    [TestCase("before")]
    public void No_sweep_reaches_outside_its_arrays(string where) => Assert.That(ChildProcess.Run(["sweep", where]), Is.EqualTo((0, "")));

    [TestCase("behind")]
    [TestCase("before")]
    public void One_number_too_many_is_noticed(string where)
    {
        (int exit, string output) = ChildProcess.Run(["overrun", where]);
        Assert.That(exit, Is.Not.Zero);
        Assert.That(output, Is.EqualTo("about to\n"));
    }
}
