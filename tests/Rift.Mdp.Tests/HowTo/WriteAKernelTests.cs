namespace Rift.Mdp.Tests;

/// <summary>docs/how-to/write-a-kernel.md: its class is compiled here and keeps the contract, and what the page says of it is true.</summary>
public class WriteAKernelTests
{
    [Test]
    public void The_page_shows_the_class_that_is_compiled_here()
    {
        string page = File.ReadAllText(Repository.PathOf("docs", "how-to", "write-a-kernel.md")).ReplaceLineEndings("\n");
        string here = File.ReadAllText(Repository.PathOf("tests", "Rift.Mdp.Tests", "HowTo", "Carousel.cs")).ReplaceLineEndings("\n");
        Assert.That(page, Does.Contain(here[here.IndexOf("internal sealed class", StringComparison.Ordinal)..]));
    }

    [TestCase(2, 0.25)]
    [TestCase(5, 0.1)]
    [TestCase(9, 1.0 / 3)]
    public void The_class_keeps_the_contract(int seats, double slip) => KernelContract.Assert(new Carousel(seats, slip));

    [Test]
    public void The_program_of_the_page_prints_what_the_page_says()
    {
        Carousel carousel = new(seats: 1000, slip: 0.1);
        StateActionTable reward = StateActionTable.Create(1000, 3, (s, a) => (s == 0 ? 1 : 0) - (0.01 * Math.Abs(a - 1)));
        double[] start = new double[1000];
        start[500] = 1;
        SoftSolution solution = new SoftProblem(new MarkovDecisionProcess(carousel, reward, start, 0.999), temperature: 0.001).Solve(new ValueIteration());
        string page = File.ReadAllText(Repository.PathOf("docs", "how-to", "write-a-kernel.md"));
        Assert.That(page, Does.Contain(FormattableString.Invariant($"value of the start {solution.Values[500]:F6}")));
        Assert.That(solution.Certificate.HalfWidth, Is.LessThan(5e-7));
    }

    [Test]
    public void The_page_shows_the_product_that_is_compiled_here()
    {
        string page = File.ReadAllText(Repository.PathOf("docs", "how-to", "write-a-kernel.md")).ReplaceLineEndings("\n");
        string here = File.ReadAllText(Repository.PathOf("tests", "Rift.Mdp.Tests", "HowTo", "Drone.cs")).ReplaceLineEndings("\n");
        Assert.That(page, Does.Contain(here[here.IndexOf("internal static class", StringComparison.Ordinal)..]));
        KroneckerKernel kernel = Drone.Kernel(101);
        Assert.That(page, Does.Contain($"Drone.Kernel(101): {kernel.States} states, {kernel.Transitions} transitions, of which {kernel.Factors.Sum(factor => factor.Kernel.Transitions)} are stored\n"));
    }

    [Test]
    public void The_product_keeps_the_contract() => KernelContract.Assert(Drone.Kernel(4));
}
