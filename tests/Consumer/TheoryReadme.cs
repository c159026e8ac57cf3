using Rift.Mdp;
using Rift.Models;
using Rift.Theory;

namespace Consumer;

/// <summary>The code of src/Rift.Theory/README.md.</summary>
internal static class TheoryReadme
{
    internal static void Run()
    {
        // Theorem 5.1 and Theorem A.1, with policies, rewards and interventions drawn on a small process.
        Statement[] statements = [.. Statement.All.Where(statement => statement.Id is "5.1" or "A.1")];
        MarkovDecisionProcess garnet = Garnet.Create(states: 6, actions: 3, branching: 2, seed: 1, discount: 0.95);
        LedgerCase[] cases = [.. Enumerable.Range(0, 5).Select(i => new LedgerCase($"case {i}", () => RandomScenario.On($"case {i}", garnet, temperature: 0.5, new SplittableRandom(i))))];

        foreach (LedgerRow row in Ledger.Run(statements, cases).Rows)
            Console.WriteLine($"{row.Statement.Id} {row.Verdict} on {row.Cases} cases: {row.Statement.Title}");
    }
}
