using Rift.Mdp;

namespace Consumer;

/// <summary>The code of src/Rift.Mdp/README.md.</summary>
internal static class MdpReadme
{
    internal static void Run()
    {
        // A machine that wears out: what it earns falls, a repair costs 3 and makes it new.
        TransitionKernelBuilder kernel = new(states: 5, actions: 2);
        for (int wear = 0; wear < 5; wear++)
        {
            kernel.Add(wear, 0, wear, 0.6).Add(wear, 0, Math.Min(wear + 1, 4), 0.4);
            kernel.Add(wear, 1, 0, 1);
        }

        StateActionTable reward = StateActionTable.Create(5, 2, (wear, action) => action == 0 ? 4 - wear : -3);
        MarkovDecisionProcess machine = new(kernel.Build(), reward, initial: [1, 0, 0, 0, 0], discount: 0.95);

        SoftSolution solution = new SoftProblem(machine, temperature: 0.5).Solve();
        Visitation visitation = Visitation.Of(machine, solution.Policy);
        Console.WriteLine($"V(new) = {solution.Values[0]:F6}, proved within {solution.Certificate.HalfWidth:0e-0}");
        Console.WriteLine($"repaired when worn out with probability {solution.Policy.Probability(4, 1):F6}, seldom that far: {visitation.States.Values[4]:F6} of the time");
    }
}
