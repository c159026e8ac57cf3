#:project ../src/Rift.Mdp/Rift.Mdp.csproj
#:project ../src/Rift.Plots/Rift.Plots.csproj
using Rift.Experiments;
using Rift.Mdp;
using Rift.Plots;

// # 2. What an end is worth
//
// A robot stands in a corridor. Reaching the goal pays 1, and then the episode is over. Does it matter what "over" means? To an agent that maximises reward it does not: nothing can be earned either way. To an
// agent that is also paid for entropy, (1), it decides whether the goal is worth reaching at all.
//
// The corridor has cells 0 to 6, two moves, *left* and *right*, and walls at the ends; the goal is cell 6, the start cell 3. There are two ways to write the end as a state that is never left:
//
// - **terminal**: a single action, reward 0. There is nothing to choose, so no entropy, and $V = 0$.
// - **absorbing**: both actions, which change nothing, reward 0. The agent goes on choosing between them for ever, is paid $\alpha \log 2$ each time, and
//
// $$
// V(\text{goal}) = \alpha \log 2 + \gamma V(\text{goal}) = \frac{\alpha \log 2}{1-\gamma}.
// $$

const int Goal = 6, Start = 3, Left = 0, Right = 1;
const double Discount = 0.95;

MarkovDecisionProcess Corridor(int actionsAtGoal, double goalReward = 1)
{
    TransitionKernelBuilder kernel = new(7, 2);
    for (int s = 0; s < Goal; s++) kernel.Add(s, Left, Math.Max(s - 1, 0), 1).Add(s, Right, s + 1, 1);
    for (int a = 0; a < actionsAtGoal; a++) kernel.Add(Goal, a, Goal, 1);
    double[] start = [0, 0, 0, 1, 0, 0, 0];
    StateActionTable reward = StateActionTable.Create(7, 2, (s, a) => s == Goal - 1 && a == Right ? goalReward : 0);
    return new MarkovDecisionProcess(kernel.Build(), reward, start, Discount);
}

MarkovDecisionProcess terminal = Corridor(actionsAtGoal: 1), absorbing = Corridor(actionsAtGoal: 2);

// How likely is the robot to be at the goal if one looks after a random number of steps, $t$ with probability $(1-\gamma)\gamma^t$, which is 19 on average? That is $\rho(\text{goal})$, the visitation of the goal,
// to which notebook 6 is devoted. Who walks straight there has arrived with probability $\gamma^3 = 0.857$. The error has two parts: that of the linear solve for the policy as it was computed, and what the policy may
// be off by.

CertifiedNumber AtGoal(SoftProblem problem)
{
    SoftSolution solution = problem.Solve();
    CertifiedVector visited = Visitation.Of(problem.Mdp, solution.Policy).States;
    double ofPolicy = 2 * Discount / (1 - Discount) * solution.Certificate.LogPolicyRadius;
    return new CertifiedNumber(visited.Values[Goal], visited.ErrorBound + ofPolicy);
}

string End(SoftProblem problem)
{
    SoftSolution solution = problem.Solve();
    CertifiedNumber Value(int state) => new(solution.Values[state], solution.Certificate.HalfWidth);
    return $"{Value(Goal),-15:5} {Value(Goal - 1),-15:5} {AtGoal(problem),-15:5}";
}

Console.WriteLine("             terminal                                        absorbing");
Console.WriteLine("temperature  V(goal)         V(beside)       rho(goal)       V(goal)         V(beside)       rho(goal)");
foreach (double temperature in new[] { 0.01, 0.05, 0.1, 0.2, 1 })
    Console.WriteLine($"{temperature,11}  {End(new SoftProblem(terminal, temperature))} {End(new SoftProblem(absorbing, temperature))}");

// The terminal goal is worth 0 at every temperature, while the cell beside it is worth more and more: wandering up and down pays $\alpha \log 2$ a step, up to $\alpha \log 2/(1-\gamma) \approx 13.9 \alpha$ in all.
// Where that is more than the goal's 1, above $\alpha \approx 0.07$, the robot does better to stay alive than to arrive. The absorbing goal pays the same surplus as every other cell, so the robot has no reason to avoid it.
//
// Neither is wrong: they are different questions. If you mean "there is a goal, and randomness is only there to explore", pay no surplus anywhere: measure entropy against the uniform policy. The base measure
// $\log \frac12$ in $V = \alpha \log \sum_a e^{Q/\alpha + \log(1/2)}$ makes two actions without merit worth 0, and then both ways to write the end agree. That is fine-tuning (6) with a uniform prior.

SoftProblem AgainstUniform(MarkovDecisionProcess mdp, double temperature) =>
    SoftProblem.FineTuning(mdp, Policy.Uniform(mdp.Kernel), mdp.Reward, temperature);

Console.WriteLine("rho(goal)         terminal            absorbing");
foreach (double t in new[] { 0.05, 1 })
    Console.WriteLine($"temperature {t,4}  {AtGoal(AgainstUniform(terminal, t)):9}  {AtGoal(AgainstUniform(absorbing, t)):9}");

// At temperature 1 the number is the one of the absorbing goal in the table: a surplus that is paid everywhere, for ever, changes no choice; one that stops at the goal does.

List<ChartPoint> paid = [], neutral = [];
for (int i = 0; i <= 120; i++)
{
    double temperature = Math.Pow(10, -2 + (i / 40.0));
    paid.Add(new ChartPoint(temperature, AtGoal(new SoftProblem(terminal, temperature)).Value));
    neutral.Add(new ChartPoint(temperature, AtGoal(new SoftProblem(absorbing, temperature)).Value));
}

ChartPanel panel = new("", "temperature α, in units of reward", "ρ(goal), a probability")
{
    Series =
    [
        new ChartSeries("absorbing, or against uniform", ChartColor.Blue, neutral),
        new ChartSeries("terminal", ChartColor.Vermilion, paid),
    ],
    Levels = [new ChartLevel("walking straight there", ChartColor.Muted, Math.Pow(Discount, Goal - Start))],
};
ChartFigure.Of(
    "Entropy that ends with the episode is a reason not to end it",
    "corridor of 7 cells, goal pays 1, discount 0.95",
    panel).SaveBeside("rendered/figures/02-what-an-end-is-worth.svg");

// ## Exercises
//
// 1. How much must the terminal goal pay so that the robot behaves as with an absorbing goal that pays 1? Check that the two policies agree at $\alpha = 0.5$.
// 2. Near which temperature does the robot beside the terminal goal begin to step away from it more often than not?
// 3. Somebody adds a third button that also moves left. Does $\rho(\text{goal})$ stay as it was, with entropy measured against the uniform policy, at $\alpha = 0.5$? If not, what makes it stay?
//
// <details><summary>Solutions</summary>
//
// 1. What the terminal state lacks is $V = \alpha \log 2/(1-\gamma)$, discounted once: the reward $1 + \gamma \alpha \log 2/(1-\gamma)$.
// 2. Where $Q(\text{right}) = 1$ meets $Q(\text{left}) = \gamma V(\text{cell 4})$; bisection.
// 3. It falls: the policy that is uniform over buttons moves left two times in three, and entropy cannot see that two buttons do the same. A base measure must say so: $(\frac14, \frac14, \frac12)$ gives both left
//    buttons together the weight of the one they replace, and all is as it was.

const double Warm = 0.5;
MarkovDecisionProcess dear = Corridor(1, goalReward: 1 + (Discount * Warm * Math.Log(2) / (1 - Discount)));
Policy atTerminal = new SoftProblem(dear, Warm).Solve().Policy;
Policy atAbsorbing = new SoftProblem(absorbing, Warm).Solve().Policy;
double Gap(int s) => Math.Abs(atTerminal.LogProbability(s, Right) - atAbsorbing.LogProbability(s, Right));
bool agree = Enumerable.Range(0, Goal).Max(Gap) < 1e-9;
Console.WriteLine($"1. goal reward {dear.Reward[Goal - 1, Right]:F6}; log pi off by less than 1e-9 in all cells before: {agree}");

(double low, double high) = (0.01, 1);
while (high - low > 1e-9)
{
    double middle = (low + high) / 2;
    bool arrives = new SoftProblem(terminal, middle).Solve().Policy.Probability(Goal - 1, Right) > 0.5;
    (low, high) = arrives ? (middle, high) : (low, middle);
}

Console.WriteLine($"2. temperature {low:F6}");

TransitionKernelBuilder buttons = new(7, 3);
for (int s = 0; s < Goal; s++)
    buttons.Add(s, 0, Math.Max(s - 1, 0), 1).Add(s, 1, s + 1, 1).Add(s, 2, Math.Max(s - 1, 0), 1);
StateActionTable goal = StateActionTable.Create(7, 3, (s, a) => s == Goal - 1 && a == Right ? 1 : 0);
MarkovDecisionProcess three = new(buttons.Add(Goal, Right, Goal, 1).Build(), goal, terminal.Initial, Discount);
Policy fair = Policy.FromProbabilities(StateActionTable.Create(7, 3, (s, a) => a == Right ? (s == Goal ? 1 : 0.5) : (s == Goal ? 0 : 0.25)));
CertifiedNumber two = AtGoal(AgainstUniform(terminal, Warm)), more = AtGoal(AgainstUniform(three, Warm));
CertifiedNumber weighed = AtGoal(SoftProblem.FineTuning(three, fair, three.Reward, Warm));
Console.WriteLine($"3. two buttons {two:9}, three {more:9}, with the base measure {weighed:9}");

// </details>
