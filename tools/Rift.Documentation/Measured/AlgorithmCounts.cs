using System.Globalization;
using Rift.Mdp;
using Rift.Models;

namespace Rift.Documentation;

/// <summary>How much work each algorithm takes to its default tolerance, counted and not timed.</summary>
/// <remarks>
/// Work is multiplications: a sweep takes one for each transition, a product with the chain of a policy one for each pair of a state and a successor, an elimination 2/3 S^3.
/// Exponentials and what memory costs are left out: times stand in <c>docs/benchmarks.md</c>.
/// </remarks>
internal sealed class AlgorithmCounts
{
    private const double Temperature = 0.01;

    /// <summary>Iterations after which an algorithm is stopped.</summary>
    private const int Most = 10_000;

    private static readonly double[] _discounts = [0.9, 0.99, 0.999, 0.9999];

    private readonly List<World> _worlds =
    [
        new("frozenlake:8x8", WorldCatalog.Create("frozenlake:8x8")),
        new("fourrooms", WorldCatalog.Create("fourrooms")),
        new("taxi", WorldCatalog.Create("taxi")),
        new("an open field, 40 x 40, one goal, every step costs 1", EveryStepCosts(WorldCatalog.Create($"gridworld,map={OpenField(40)}"))),
        new("riverswim:700", WorldCatalog.Create("riverswim:700")),
        new("garnet:3000,4,5,1", WorldCatalog.Create("garnet:3000,4,5,1")),
    ];

    /// <summary>What each algorithm counts, by world and discount.</summary>
    public string Counts() => Markdown.Table(
        ["world", "states", "discount", .. Candidates.Select(candidate => candidate.Heading), "fewest multiplications", "`Auto` takes"],
        _worlds.SelectMany(world => _discounts.Select(discount => Row(world, discount))));

    /// <summary>The first discount, on a grid of four in each power of ten, at which another algorithm takes fewer multiplications than value iteration.</summary>
    public string Crossovers() => Markdown.Table(
        ["world", .. Candidates.Skip(1).Select(candidate => candidate.Name)],
        _worlds.Select(world => (string[])[world.Name, .. Candidates.Skip(1).Select(candidate => Crossover(world, candidate))]));

    private static Candidate[] Candidates { get; } =
    [
        new("value iteration", "value iteration: sweeps", new ValueIteration(), (world, solved) => solved.Iterations * world.Transitions),
        new("Gauss-Seidel sweeps", "Gauss-Seidel: sweeps", new GaussSeidel(), (world, solved) => solved.Iterations * world.Transitions),
        new("modified policy iteration", "modified policy iteration: backups", new ModifiedPolicyIteration(), (world, solved) => solved.Iterations * (world.Transitions + (21 * world.ChainEntries))),
        new("soft policy iteration, elimination", "soft policy iteration, elimination: steps", new SoftPolicyIteration { Linear = LinearMethod.Elimination }, (world, solved) => solved.Iterations * (world.Transitions + (2.0 / 3 * Math.Pow(world.Mdp.States, 3)))),
        new("soft policy iteration, Krylov", "soft policy iteration, Krylov: steps + products", new SoftPolicyIteration { Linear = LinearMethod.Krylov }, (world, solved) => (solved.Iterations * world.Transitions) + (solved.Products * world.ChainEntries)),
    ];

    private static string[] Row(World world, double discount)
    {
        SoftSolution?[] solved = [.. Candidates.Select(candidate => Solved(world, candidate, discount))];
        (Candidate Candidate, double Work) least = Candidates.Zip(solved).Where(pair => pair.Second?.Outcome == Outcome.Converged).Select(pair => (pair.First, pair.First.Work(world, pair.Second!))).MinBy(pair => pair.Item2);
        return
        [
            world.Name, Number(world.Mdp.States), Text(discount),
            .. solved.Select(solution => solution switch { null => "", { Outcome: not Outcome.Converged } => solution.Iterations < Most ? "stalls" : $"more than {Number(Most)}", { Products: > 0 } => $"{Number(solution.Iterations)} + {Number(solution.Products)}", _ => Number(solution.Iterations) }),
            $"{least.Candidate.Name}, {(least.Work / 1e6).ToString("G2", CultureInfo.InvariantCulture)} million",
            new Auto().Solve(new SoftProblem(world.Mdp.WithDiscount(discount), Temperature)).Algorithm.Split([",", " from"], StringSplitOptions.None)[0],
        ];
    }

    private static string Crossover(World world, Candidate candidate)
    {
        for (int quarters = 4; quarters <= 16; quarters++)
        {
            double discount = Math.Round(1 - Math.Pow(10, -quarters / 4.0), 6);
            if (Solved(world, candidate, discount) is not { } other) return "";
            if (other.Outcome != Outcome.Converged) return "never";
            SoftSolution swept = Solved(world, Candidates[0], discount)!;
            if (candidate.Work(world, other) < Candidates[0].Work(world, swept)) return Text(discount);
        }

        return "never";
    }

    /// <summary>Null where the algorithm is out of the question: an elimination beyond the size up to which it is chosen.</summary>
    private static SoftSolution? Solved(World world, Candidate candidate, double discount)
    {
        if (candidate.Algorithm is SoftPolicyIteration { Linear: LinearMethod.Elimination } && world.Mdp.States > Auto.DirectStates) return null;
        return new SoftProblem(world.Mdp.WithDiscount(discount), Temperature).Solve(candidate.Algorithm with { MaxIterations = Most });
    }

    private static string OpenField(int side) => string.Join('/', Enumerable.Range(0, side).Select(row => string.Concat(Enumerable.Range(0, side).Select(column => (row, column) == (0, 0) ? 'S' : (row, column) == (side - 1, side - 1) ? 'G' : '.'))));

    private static MarkovDecisionProcess EveryStepCosts(MarkovDecisionProcess mdp) => mdp.WithReward(StateActionTable.Create(mdp.States, mdp.Actions, (s, _) => mdp.IsTerminal(s) ? 0 : -1));

    private static string Text(double discount) => discount.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private sealed record Candidate(string Name, string Heading, SoftAlgorithm Algorithm, Func<World, SoftSolution, double> Work);

    private sealed record World(string Name, MarkovDecisionProcess Mdp)
    {
        public double Transitions { get; } = Mdp.Kernel.Transitions;

        /// <summary>Pairs of a state and a successor: what a product with the chain of a policy that takes every action visits.</summary>
        public double ChainEntries { get; } = Enumerable.Range(0, Mdp.States).Sum(s => Enumerable.Range(0, Mdp.Actions).SelectMany(a => Mdp.Kernel.Successors(s, a)).Select(next => next.State).Distinct().Count());
    }
}
