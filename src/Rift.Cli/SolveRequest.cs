using System.Globalization;
using Rift.Mdp;
using Rift.Models;

namespace Rift.Cli;

/// <summary>What <c>rift solve</c> was asked for.</summary>
internal sealed record SolveRequest
{
    /// <summary>The model: a file or a built-in world.</summary>
    public required string Model { get; init; }

    /// <summary>alpha, at least 0; null for one that suits the rewards.</summary>
    public required double? Temperature { get; init; }

    /// <summary>gamma in place of the model's own, or null.</summary>
    public double? Discount { get; init; }

    /// <summary>How ends are encoded, or null for the model's own way; not with a prior.</summary>
    public string? Encoding { get; init; }

    /// <summary>The file of a prior, or null.</summary>
    public string? Prior { get; init; }

    /// <summary>omega, or null for 1; only with a prior.</summary>
    public double? PriorScale { get; init; }

    /// <summary>The absolute half-width to reach, or null for the default.</summary>
    public double? Tolerance { get; init; }

    /// <summary>Number of decisions, or null for a stationary problem.</summary>
    public int? Horizon { get; init; }

    /// <summary>The algorithm's name, or null for auto; only without a horizon.</summary>
    public string? Method { get; init; }

    /// <summary>Number of threads.</summary>
    public required int Threads { get; init; }

    /// <summary>Whether nothing is told on standard error.</summary>
    public required bool Quiet { get; init; }

    /// <summary>Solves what was asked for.</summary>
    /// <exception cref="InputException">The options contradict one another, or the horizon is out of reach.</exception>
    internal SolveReport Solve(Terminal terminal)
    {
        if (PriorScale is not null && Prior is null) throw new InputException("--prior-scale: found no prior, expected --prior FILE with it");
        if (Encoding == EndEncoding.Loops && Prior is not null) throw new InputException("--encoding: found loops with a prior, which says nothing of the actions of an end; expected one of the two");
        if (Method is not null && Horizon is not null) throw new InputException("--method: found a horizon, which is solved by backward induction; expected one of the two");
        SoftAlgorithm algorithm = Cli.Method.Named(Method, Tolerance);
        SoftProblem problem = Problem(terminal);
        if (Horizon is int steps) RequireRoom(steps, problem.Mdp.States);
        using ConsoleProgress progress = new(terminal);
        Execution execution = new() { Threads = Threads, Cancellation = terminal.Cancellation, Progress = Quiet ? null : progress.OfSolver() };
        return Horizon is int horizon
            ? SolveReport.Of(BackwardInduction.Solve(problem, horizon, execution: execution), Tolerance)
            : SolveReport.Of(problem.Solve(algorithm, execution));
    }

    private SoftProblem Problem(Terminal terminal)
    {
        MarkovDecisionProcess mdp = ModelArgument.Read(Model, terminal, Quiet);
        if (Discount is double discount) mdp = mdp.WithDiscount(discount);
        double temperature = Temperature ?? TemperatureOf(mdp);
        if (Prior is null) return new SoftProblem(EndEncoding.Of(Encoding, mdp), temperature);
        InputFile.Require(Prior, "a policy file");
        Policy prior = PolicyFile.Read(Prior, mdp);
        return SoftProblem.ResidualQLearning(mdp, prior, mdp.Reward, temperature, PriorScale ?? 1);
    }

    /// <summary>A temperature at which rewards are seen and the policy is not hard: the power of ten nearest to a thousandth of the largest |r|; 1 where all rewards are 0.</summary>
    internal static double TemperatureOf(MarkovDecisionProcess mdp)
    {
        double largest = 0;
        foreach (double reward in mdp.Reward.Entries) largest = Math.Max(largest, Math.Abs(reward));
        // The literal of a power of ten is the double nearest to it; a power that is computed may be its neighbour.
        return largest == 0 ? 1 : double.Parse(string.Create(CultureInfo.InvariantCulture, $"1e{Math.Round(Math.Log10(largest)) - 3}"), CultureInfo.InvariantCulture);
    }

    /// <summary>Backward induction keeps the values of every step: a horizon that would fill the machine is refused before it does.</summary>
    internal static void RequireRoom(int horizon, int states)
    {
        const int ArrayOverhead = 64, ShareOfMemory = 4;
        long perStep = (sizeof(double) * (long)states) + ArrayOverhead, most = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / ShareOfMemory / perStep;
        if (horizon > most)
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"--horizon: found {horizon}, expected at most {most}: the values of every step are kept, and {states} states leave room for so many here"));
    }
}
