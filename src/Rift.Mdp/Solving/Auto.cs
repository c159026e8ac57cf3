using System.Globalization;

namespace Rift.Mdp;

/// <summary>Chooses an algorithm by counted work and measured contraction, never by the clock, and says what it chose and why.</summary>
/// <remarks>
/// Up to <see cref="DirectStates"/> states: soft policy iteration with a direct solve. Above: value iteration; when the measured contraction of the bracket
/// predicts more than <see cref="AffordableSweeps"/> sweeps, soft policy iteration with a Krylov solve takes over from the V reached.
/// </remarks>
public sealed record Auto : SoftAlgorithm
{
    /// <summary>The most states for which the direct solve is taken outright.</summary>
    public const int DirectStates = 600;

    /// <summary>The predicted number of further sweeps above which value iteration is given up.</summary>
    public const int AffordableSweeps = 400;

    private const int ProbeSweeps = 40;

    /// <inheritdoc/>
    public override string Name => "auto";

    private protected override string Run(SoftIteration iteration)
    {
        int states = iteration.Problem.Mdp.States;
        if (states <= DirectStates)
        {
            SoftPolicyIteration direct = new() { Linear = LinearMethod.Elimination };
            return string.Create(CultureInfo.InvariantCulture, $"{Delegate(iteration, direct)}, chosen for {states} states (at most {DirectStates})");
        }

        for (int sweep = 0; sweep < ProbeSweeps; sweep++)
        {
            if (iteration.BackUp(MaxIterations)) return "value iteration, chosen and done within the probe";
            Improve(iteration);
        }

        double rate = Math.Pow(iteration.History[^1] / iteration.History[^(1 + (ProbeSweeps / 2))], 2.0 / ProbeSweeps);
        double sweeps = iteration.Span <= iteration.Target ? 1 : rate < 1 ? Math.Log(iteration.Target / iteration.Span) / Math.Log(rate) : double.PositiveInfinity;
        SoftAlgorithm chosen = sweeps <= AffordableSweeps ? new ValueIteration() : new SoftPolicyIteration { Linear = LinearMethod.Krylov };
        return string.Create(CultureInfo.InvariantCulture, $"{Delegate(iteration, chosen)}, chosen for {states} states and a measured contraction of {rate:F4} a sweep");
    }

    private protected override void Improve(SoftIteration iteration) => iteration.TakeNext();

    private string Delegate(SoftIteration iteration, SoftAlgorithm chosen) => (chosen with { MaxIterations = MaxIterations }).Continue(iteration);
}
