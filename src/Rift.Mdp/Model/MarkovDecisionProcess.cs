using System.Globalization;

namespace Rift.Mdp;

/// <summary>A finite Markov decision process: dynamics, reward, initial distribution and discount.</summary>
/// <remarks>
/// S states and A actions, numbered from 0. There are no terminal states: an end is an absorbing state with a single action and reward 0, beyond which
/// the value is 0 and no entropy accrues, so that rows still sum to one and every theorem holds unchanged. Immutable; copies made by
/// <see cref="WithReward"/> and its like share the kernel.
/// </remarks>
public sealed class MarkovDecisionProcess
{
    private readonly double[] _initial;

    /// <summary>A process from its parts.</summary>
    /// <param name="kernel">The dynamics T(s'|s,a).</param>
    /// <param name="reward">r(s,a), S x A, finite wherever the action is available; other entries are ignored and read as 0.</param>
    /// <param name="initial">d(s), S probabilities that sum to one within 1e-12.</param>
    /// <param name="discount">gamma, at least 0 and below 1.</param>
    /// <param name="description">Names and pictures; null for none.</param>
    /// <exception cref="ArgumentException">A shape or the discount is wrong.</exception>
    /// <exception cref="InvalidModelException">A reward is not finite, or the initial distribution is none.</exception>
    public MarkovDecisionProcess(TransitionKernel kernel, StateActionTable reward, ReadOnlySpan<double> initial, double discount, ModelDescription? description = null)
    {
        Kernel = Require.NotNull(kernel);
        Require.Shape(Require.NotNull(reward), kernel.States, kernel.Actions, nameof(reward));
        Require.Length(initial.Length, kernel.States, nameof(initial));
        Reward = CheckedReward(kernel, reward);
        _initial = CheckedInitial(initial);
        Discount = Require.Discount(discount, nameof(discount));
        Description = description ?? ModelDescription.None;
        Description.RequireFits(kernel.States, kernel.Actions);
    }

    /// <summary>The dynamics T(s'|s,a), shared between copies.</summary>
    public TransitionKernel Kernel { get; }

    /// <summary>The reward r(s,a), S x A; 0 where the action is not available.</summary>
    public StateActionTable Reward { get; }

    /// <summary>The initial distribution d(s), S probabilities.</summary>
    public ReadOnlySpan<double> Initial => _initial;

    /// <summary>The discount gamma, at least 0 and below 1.</summary>
    public double Discount { get; }

    /// <summary>Names of states and actions, the map of a grid world, the horizon its success is evaluated at.</summary>
    public ModelDescription Description { get; }

    /// <summary>Number of states S.</summary>
    public int States => Kernel.States;

    /// <summary>Number of actions A.</summary>
    public int Actions => Kernel.Actions;

    /// <summary>Whether the action can be taken in the state.</summary>
    /// <param name="state">The state, from 0 to S - 1.</param>
    /// <param name="action">The action, from 0 to A - 1.</param>
    public bool IsAvailable(int state, int action) => Kernel.IsAvailable(state, action);

    /// <summary>Whether the state is an end: a single action that stays, with reward 0.</summary>
    /// <param name="state">The state, from 0 to S - 1.</param>
    public bool IsTerminal(int state)
    {
        int only = -1;
        for (int a = 0; a < Actions; a++)
        {
            if (!IsAvailable(state, a)) continue;
            if (only >= 0 || Reward[state, a] != 0) return false;
            only = a;
        }

        return Kernel.Successors(state, only).All(next => next.State == state);
    }

    /// <summary>sum_s d(s) V(s), summed in order of the states.</summary>
    internal double InitialExpectation(ReadOnlySpan<double> values)
    {
        double sum = 0;
        for (int s = 0; s < values.Length; s++) sum += _initial[s] * values[s];
        return sum;
    }

    /// <summary>The same process with another reward.</summary>
    /// <param name="reward">r, S x A.</param>
    public MarkovDecisionProcess WithReward(StateActionTable reward) => new(Kernel, reward, _initial, Discount, Description);

    /// <summary>The same process with another initial distribution.</summary>
    /// <param name="initial">d, S probabilities that sum to one.</param>
    public MarkovDecisionProcess WithInitial(ReadOnlySpan<double> initial) => new(Kernel, Reward, initial, Discount, Description);

    /// <summary>The same process with another discount.</summary>
    /// <param name="discount">gamma, at least 0 and below 1.</param>
    public MarkovDecisionProcess WithDiscount(double discount) => new(Kernel, Reward, _initial, discount, Description);

    /// <summary>The same process with another description.</summary>
    /// <param name="description">Names, map and notes.</param>
    public MarkovDecisionProcess WithDescription(ModelDescription description) => new(Kernel, Reward, _initial, Discount, description);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Description.Name ?? "MDP"}: {States} states, {Actions} actions, discount {Discount}");

    private static StateActionTable CheckedReward(TransitionKernel kernel, StateActionTable reward)
    {
        bool clean = true;
        for (int s = 0; s < kernel.States; s++)
        {
            for (int a = 0; a < kernel.Actions; a++)
            {
                if (!kernel.IsAvailable(s, a)) clean &= reward[s, a] == 0;
                else if (!double.IsFinite(reward[s, a]))
                    throw new InvalidModelException(string.Create(CultureInfo.InvariantCulture, $"found the reward {reward[s, a]}"), "a finite number", s, a);
            }
        }

        return clean ? reward : StateActionTable.Create(kernel.States, kernel.Actions, (s, a) => kernel.IsAvailable(s, a) ? reward[s, a] : 0);
    }

    private static double[] CheckedInitial(ReadOnlySpan<double> initial)
    {
        for (int s = 0; s < initial.Length; s++)
            if (!(initial[s] is >= 0 and <= 1 + TransitionKernel.RowSumTolerance))
                throw new InvalidModelException(string.Create(CultureInfo.InvariantCulture, $"found the initial probability {initial[s]:R}"), "a number from 0 to 1", s);
        double sum = RowSum.Sum(initial);
        if (!(Math.Abs(sum - 1) <= TransitionKernel.RowSumTolerance))
            throw new InvalidModelException(string.Create(CultureInfo.InvariantCulture, $"the initial distribution sums to {sum:R}"), "1 within 1e-12");
        return initial.ToArray();
    }
}
