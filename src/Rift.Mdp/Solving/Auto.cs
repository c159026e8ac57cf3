using System.Globalization;

namespace Rift.Mdp;

/// <summary>Chooses an algorithm by counted work and measured contraction, never by the clock, and says what it chose and why.</summary>
/// <remarks>
/// Up to <see cref="DirectStates"/> states: soft policy iteration with a direct solve. Above: value iteration; when the measured contraction of the bracket
/// predicts more than <see cref="AffordableSweeps"/> sweeps, Gauss-Seidel sweeps in the order of distance from the process's ends, if it has any; where these do not settle it either,
/// soft policy iteration with a Krylov solve takes over from the V reached.
/// </remarks>
public sealed record Auto : SoftAlgorithm
{
    /// <summary>The most states for which the direct solve is taken outright.</summary>
    public const int DirectStates = 600;

    /// <summary>The predicted number of further sweeps above which value iteration is given up.</summary>
    public const int AffordableSweeps = 400;

    private const int ProbeSweeps = 40, DirectProbeSweeps = 20;

    // Gauss-Seidel sweeps before their contraction is judged.
    private const int PatientSweeps = 120;

    /// <inheritdoc/>
    public override string Name => "auto";

    private protected override string Run(SoftIteration iteration)
    {
        int states = iteration.Problem.Mdp.States;
        if (states <= DirectStates)
        {
            // Where many sweeps cost less than one factorisation, a few are worth the try.
            double factorisations = 4.0 / 3 * states * states * states;
            int affordable = (int)Math.Min(DirectProbeSweeps, factorisations / 2 / iteration.Problem.Mdp.Kernel.Transitions);
            for (int sweep = 0; sweep < affordable; sweep++)
            {
                if (iteration.BackUp(MaxIterations)) return "value iteration, chosen and done within the probe";
                Improve(iteration);
            }

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
        string why = string.Create(CultureInfo.InvariantCulture, $"chosen for {states} states and a measured contraction of {rate:F4} a sweep");
        if (sweeps <= AffordableSweeps) return $"{Delegate(iteration, new ValueIteration())}, {why}";

        using OrderedSweep? ordered = OrderedSweep.Of(iteration);
        if (ordered is not null)
        {
            while (ordered.Improve(iteration, MaxIterations, PatientSweeps))
                if (iteration.BackUp(MaxIterations)) return string.Create(CultureInfo.InvariantCulture, $"{new GaussSeidel().Name} from {ordered.Ends} ends, {why}");
            why += ", after Gauss-Seidel sweeps";
        }

        return $"{Delegate(iteration, new SoftPolicyIteration { Linear = LinearMethod.Krylov })}, {why}";
    }

    private protected override void Improve(SoftIteration iteration) => iteration.TakeNext();

    private string Delegate(SoftIteration iteration, SoftAlgorithm chosen) => (chosen with { MaxIterations = MaxIterations }).Continue(iteration);
}
