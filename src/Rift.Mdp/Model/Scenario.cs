using System.Globalization;

namespace Rift.Mdp;

/// <summary>Everything that the paper's quantities are made of: a process with the candidate's reward, the expert's, a prior, interventions.</summary>
/// <remarks>Two soft problems share the dynamics and the temperature: the expert's with reward r* and the candidate's with the reward of the process. Immutable.</remarks>
public sealed record Scenario
{
    /// <summary>What the scenario is called.</summary>
    public string Id { get; init; } = "";

    /// <summary>The process; its reward is the candidate's r.</summary>
    public required MarkovDecisionProcess Mdp { get; init; }

    /// <summary>The temperature alpha, positive.</summary>
    public required double Temperature { get; init => field = Require.Positive(value, nameof(Temperature)); }

    /// <summary>The expert's reward r*, S x A.</summary>
    public required StateActionTable ExpertReward { get; init; }

    /// <summary>The residual reward r_R of residual Q-learning and fine-tuning, S x A.</summary>
    public required StateActionTable ResidualReward { get; init; }

    /// <summary>The prior policy pi0, positive on every available action.</summary>
    public required Policy Prior { get; init; }

    /// <summary>A policy to evaluate, positive on every available action.</summary>
    public required Policy Policy { get; init; }

    /// <summary>State-based intervention probabilities varphi (Lemma A.5), S numbers from 0 to 1.</summary>
    public required IReadOnlyList<double> StateInterventions { get; init; }

    /// <summary>A function of the states, for shaping: S numbers.</summary>
    public required IReadOnlyList<double> Potential { get; init; }

    /// <summary>The paper's omegas, used as prior scales in (5) and as KL weights in (6): positive.</summary>
    public required IReadOnlyList<double> Omegas { get; init; }

    /// <summary>The thresholds B of the intervention rule (11), at least 0.</summary>
    public required IReadOnlyList<double> Thresholds { get; init; }

    /// <summary>The expert's problem: reward r*.</summary>
    public SoftProblem Expert => new(Mdp.WithReward(ExpertReward), Temperature);

    /// <summary>The candidate's problem: reward r.</summary>
    public SoftProblem Candidate => new(Mdp, Temperature);

    /// <summary>Requires that all parts fit together.</summary>
    /// <returns>This scenario.</returns>
    /// <exception cref="ArgumentException">A shape is wrong or a number out of range; the message names the part.</exception>
    /// <exception cref="InvalidModelException">A policy does not fit the process, or is zero on an available action.</exception>
    public Scenario Validated()
    {
        Require.Shape(ExpertReward, Mdp.States, Mdp.Actions, nameof(ExpertReward));
        Require.Shape(ResidualReward, Mdp.States, Mdp.Actions, nameof(ResidualReward));
        RequireInterior(Prior.RequireFits(Mdp.Kernel), "prior");
        RequireInterior(Policy.RequireFits(Mdp.Kernel), "policy");
        Require.Length(StateInterventions.Count, Mdp.States, nameof(StateInterventions));
        Require.Length(Potential.Count, Mdp.States, nameof(Potential));
        for (int s = 0; s < Mdp.States; s++)
        {
            if (!(StateInterventions[s] is >= 0 and <= 1)) throw new InvalidModelException(string.Create(CultureInfo.InvariantCulture, $"found the intervention probability {StateInterventions[s]:R}"), "a number from 0 to 1", s);
            Require.Finite(Potential[s], nameof(Potential));
        }

        foreach (double omega in Omegas) Require.Positive(omega, nameof(Omegas));
        foreach (double threshold in Thresholds) Require.NotNegative(threshold, nameof(Thresholds));
        return this;
    }

    private void RequireInterior(Policy policy, string name)
    {
        for (int s = 0; s < Mdp.States; s++)
            for (int a = 0; a < Mdp.Actions; a++)
                if (Mdp.IsAvailable(s, a) && policy.LogProbability(s, a) == double.NegativeInfinity)
                    throw new InvalidModelException($"the {name} never takes the action", "a positive probability", s, a);
    }
}
