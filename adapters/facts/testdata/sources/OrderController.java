package com.example.orders;

import org.springframework.web.bind.annotation.*;

/** Serves orders. @GetMapping("/commented") */
@RestController
@RequestMapping("/api/orders")
public class OrderController {

    private static final int DEFAULT_PORT = 8081;
    private static final Logger log = LoggerFactory.getLogger(OrderController.class);

    @Value("${orders.page-size:25}")
    private int pageSize;

    @Value("${ORDERS_TOKEN}")
    private String token;

    public OrderController(OrderStore store) {
        this.store = store;
    }

    @GetMapping("/{id}")
    public Order get(@PathVariable("id") long id) {
        log.info("Reading the order {}", id);
        String home = System.getenv("ORDERS_HOME");
        return store.find(id);
    }

    @PostMapping
    public Order create(@RequestBody Order order) {
        if (order == null) {
            throw new IllegalArgumentException("The order must not be empty");
        }
        return order;
    }

    @RequestMapping(value = "/{id}/cancel", method = RequestMethod.PUT)
    public void cancel() {
    }

    enum State { OPEN, CLOSED }

    interface OrderStore {
        Order find(long id);
    }
}

@Command(name = "orders")
class Tool {
    @Option(names = {"-n", "--count"}, defaultValue = "5", description = "How many.")
    int count;

    @Option(names = "--dry-run")
    boolean dryRun;
}
